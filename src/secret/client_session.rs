//! Session identifiers that clients generate themselves, so that several requests are billed as one. Knowing one gives
//! no access.

use super::made_up::letters;

/// The hosts of Google Places and Mapbox Search Box, which ask for such an identifier.
const HOSTS: [&str; 3] = ["places.googleapis.com", "maps.googleapis.com", "api.mapbox.com"];

/// Whether the name and the value look like such an identifier. Other services may call a real secret by the same name,
/// so check that the address [takes](takes_client_sessions) client sessions as well.
#[must_use]
pub fn is_client_session(name: &str, value: &str) -> bool {
    letters(name).eq("sessiontoken".chars()) && is_uuid(value)
}

/// Whether the service at `address` lets clients generate their session identifiers.
#[must_use]
pub fn takes_client_sessions(address: &str) -> bool {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['/', '?', '#', ':']).next().is_some_and(|host| HOSTS.contains(&host))
}

fn is_uuid(value: &str) -> bool {
    let lengths = value.split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12]) && value.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn client_sessions_are_told_apart_from_server_tokens() {
        for (name, value) in [
            ("sessionToken", "0f8b2d1c-5a3e-4c47-9d0c-6f0f0a1c2b3d"),
            ("session_token", "0F8B2D1C-5A3E-4C47-9D0C-6F0F0A1C2B3D"),
        ] {
            assert!(is_client_session(name, value), "{name}");
        }
        for (name, value) in [
            ("access_token", "0f8b2d1c-5a3e-4c47-9d0c-6f0f0a1c2b3d"),
            ("session_token", "0f8b2d1c5a3e4c479d0c6f0f0a1c2b3d"),
        ] {
            assert!(!is_client_session(name, value), "{name} {value}");
        }
        for address in [
            "https://places.googleapis.com/v1/places:autocomplete",
            "api.mapbox.com/search/searchbox/v1/category/cafe?language=en",
        ] {
            assert!(takes_client_sessions(address), "{address}");
        }
        for address in [
            "https://parcels.example/places.googleapis.com",
            "https://places.googleapis.com.parcels.example/",
            "{{host}}/search",
        ] {
            assert!(!takes_client_sessions(address), "{address}");
        }
    }
}
