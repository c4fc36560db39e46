use aes::{Aes128, Aes192, Aes256};
use cbc::Decryptor;
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockCipherDecrypt, BlockModeDecrypt as _, KeyInit, KeyIvInit as _};
use des::{Des, TdesEde3};
use md5::{Digest as _, Md5};
use pkcs8::der::Decode as _;
use pkcs8::der::asn1::AnyRef;

use super::KeyError;

/// The length, in bytes, of the salt that the key is derived with: the start of the initialization vector.
const SALT: usize = 8;

/// The encryption that a PEM text states in headers of its own (RFC 1421), as `openssl rsa -aes256 -traditional` writes
/// them.
pub(super) struct Encryption<'p> {
    /// OpenSSL's name for the cipher.
    cipher: &'p str,
    vector: Vec<u8>,
}

impl<'p> Encryption<'p> {
    /// Splits `body` into the encryption in its headers, if it has any, and the Base64 after them.
    ///
    /// # Errors
    /// [`KeyError::Damaged`] if the headers make no sense.
    pub(super) fn of(body: &'p str) -> Result<(Option<Self>, &'p str), KeyError> {
        let Some((_, rest)) = body.split_once("Proc-Type:") else { return Ok((None, body)) };
        let (_, rest) = rest.split_once("DEK-Info:").ok_or(KeyError::Damaged)?;
        let rest = rest.trim_start();
        let (info, base64) = rest.split_once(char::is_whitespace).ok_or(KeyError::Damaged)?;
        let (cipher, vector) = info.split_once(',').ok_or(KeyError::Damaged)?;
        let vector = bytes(vector).filter(|vector| vector.len() >= SALT).ok_or(KeyError::Damaged)?;
        Ok((Some(Self { cipher, vector }), base64))
    }

    /// Decrypts a key to its DER.
    ///
    /// # Errors
    /// [`KeyError`].
    pub(super) fn decrypt(&self, encrypted: Vec<u8>, passphrase: &[u8]) -> Result<Vec<u8>, KeyError> {
        let decrypt = match self.cipher {
            "AES-128-CBC" => Self::decrypt_with::<Aes128>,
            "AES-192-CBC" => Self::decrypt_with::<Aes192>,
            "AES-256-CBC" => Self::decrypt_with::<Aes256>,
            "DES-EDE3-CBC" => Self::decrypt_with::<TdesEde3>,
            "DES-CBC" => Self::decrypt_with::<Des>,
            _ => return Err(KeyError::OldEncryption),
        };
        decrypt(self, encrypted, passphrase)
    }

    fn decrypt_with<C: BlockCipherDecrypt + KeyInit>(
        &self,
        mut encrypted: Vec<u8>,
        passphrase: &[u8],
    ) -> Result<Vec<u8>, KeyError> {
        let key = self.key(passphrase, C::key_size());
        let cipher = Decryptor::<C>::new_from_slices(&key, &self.vector).map_err(|_| KeyError::Damaged)?;
        let plain = cipher.decrypt_padded::<Pkcs7>(&mut encrypted).map_err(|_| KeyError::Passphrase)?;
        // A wrong passphrase can decrypt to something that ends like padding.
        AnyRef::from_der(plain).map_err(|_| KeyError::Passphrase)?;
        Ok(plain.to_vec())
    }

    /// Derives a key of `length` bytes as OpenSSL's `EVP_BytesToKey` does with MD5 and one round.
    fn key(&self, passphrase: &[u8], length: usize) -> Vec<u8> {
        let salt = self.vector.get(..SALT).unwrap_or_default();
        let (mut key, mut last) = (Vec::new(), Vec::new());
        while key.len() < length {
            last = Md5::new()
                .chain_update(&last)
                .chain_update(passphrase)
                .chain_update(salt)
                .finalize()
                .to_vec();
            key.extend_from_slice(&last);
        }
        key.truncate(length);
        key
    }
}

/// Decodes `hex`; none if it is not hexadecimal.
fn bytes(hex: &str) -> Option<Vec<u8>> {
    let digits: Vec<_> = hex.chars().map(|digit| digit.to_digit(16)).collect::<Option<_>>()?;
    let pairs = digits.chunks_exact(2);
    pairs.remainder().is_empty().then(|| pairs.map(|pair| (pair[0] * 16 + pair[1]) as u8).collect())
}
