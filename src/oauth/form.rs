use crate::secret::MASK;

/// The fields of an `application/x-www-form-urlencoded` body or query, in order.
#[derive(Clone, PartialEq, Eq)]
pub struct Form(Vec<(&'static str, String)>);

/// Fields that are not secrets.
const OPEN: [&str; 7] = [
    "client_id",
    "grant_type",
    "box_subject_type",
    "box_subject_id",
    "redirect_uri",
    "response_type",
    "state",
];

impl Form {
    /// Creates a form with these fields.
    #[must_use]
    pub fn new(fields: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        Self(fields.into_iter().collect())
    }

    /// The form as it is sent.
    #[must_use]
    pub fn encode(&self) -> String {
        form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.0).finish()
    }

    /// The same form with [`MASK`] in place of each secret.
    #[must_use]
    pub fn masked(&self) -> Self {
        let masked = |(name, value): &(&'static str, String)| {
            (*name, if OPEN.contains(name) { value.clone() } else { MASK.to_owned() })
        };
        Self(self.0.iter().map(masked).collect())
    }

    /// The names and values.
    pub fn fields(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().map(|(name, value)| (*name, value.as_str()))
    }

    /// The form for display: one encoded field per line.
    #[must_use]
    pub fn describe(&self) -> String {
        let fields = self.fields().map(|(name, value)| format!("  {name}={}", encode(value)));
        fields.collect::<Vec<_>>().join("\n")
    }
}

/// The fields of a query, decoded.
#[must_use]
pub fn parse_query(query: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

fn encode(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoded_form_decodes_to_its_fields() {
        let form = Form::new([("client_id", "a b&=+%/é".to_owned()), ("client_secret", String::new())]);
        assert_eq!(form.encode(), "client_id=a+b%26%3D%2B%25%2F%C3%A9&client_secret=");
        assert_eq!(
            parse_query(&form.encode()),
            [("client_id".to_owned(), "a b&=+%/é".to_owned()), ("client_secret".to_owned(), String::new())]
        );
        assert_eq!(parse_query("a=%zz%4&&b"), [("a".into(), "%zz%4".into()), ("b".into(), String::new())]);
    }

    #[test]
    fn secrets_are_masked() {
        let form = Form::new([("client_id", "id".to_owned()), ("assertion", "a.b.c".to_owned())]);
        assert_eq!(form.masked().describe(), "  client_id=id\n  assertion=********");
        assert_eq!(form.describe(), "  client_id=id\n  assertion=a.b.c");
    }
}
