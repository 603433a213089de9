//! The bot's token: where it comes from, and a wrapper that no log, error or debug print can look into.
//!
//! It is not part of the configuration file on purpose: files are shown, copied and committed.

use std::fmt;
use std::fs;

use secrecy::{ExposeSecret, SecretString};
use thiserror::Error;

use super::Env;

/// Holds the token itself.
pub const VARIABLE: &str = "DISCORD_TOKEN";
/// Names a file that holds it.
pub const FILE_VARIABLE: &str = "DISCORD_TOKEN_FILE";
/// Read where neither is set: where container engines put secrets.
pub const DEFAULT_FILE: &str = "/run/secrets/discord_token";

/// A token that can go into an `Authorization` header.
#[derive(Clone)]
pub struct Token(SecretString);

/// There is no usable token.
#[derive(Debug, Error)]
pub enum NoToken {
    /// Neither variable is set and the default file is not there.
    #[error(
        "no bot token: set DISCORD_TOKEN, or put the token into {DEFAULT_FILE} or the file that DISCORD_TOKEN_FILE \
         names (https://discord.com/developers/applications, your application, page Bot)"
    )]
    Missing,
    /// A file is named and cannot be read.
    #[error("cannot read the bot token from {file}: {why}")]
    Unreadable {
        /// Its path.
        file: String,
        /// Why.
        why: std::io::Error,
    },
    /// Empty, or with characters that no token has.
    #[error("the bot token from {from} is not one: {why}; copy it anew from the developer portal, page Bot")]
    Malformed {
        /// Where it came from.
        from: String,
        /// Why, without the token.
        why: &'static str,
    },
}

impl Token {
    /// Takes the token from `DISCORD_TOKEN`, else from the file that `DISCORD_TOKEN_FILE` names, else from the default.
    ///
    /// # Errors
    /// When there is none, or it cannot be one.
    pub fn find(env: &Env) -> Result<Self, NoToken> {
        let set = |name: &str| env.get(name).filter(|value| !value.trim().is_empty());
        if let Some(typed) = set(VARIABLE) {
            return Self::parse(typed, VARIABLE);
        }
        let named = set(FILE_VARIABLE);
        let file = named.map_or(DEFAULT_FILE, String::as_str);
        match fs::read_to_string(file) {
            Ok(text) => Self::parse(&text, file),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound && named.is_none() => Err(NoToken::Missing),
            Err(why) => Err(NoToken::Unreadable { file: file.to_owned(), why }),
        }
    }

    /// Checks a token as it was typed; `from` names its origin in errors.
    ///
    /// # Errors
    /// When it is empty or has characters that a header or a token cannot hold.
    pub fn parse(typed: &str, from: &str) -> Result<Self, NoToken> {
        let malformed = |why| NoToken::Malformed { from: from.to_owned(), why };
        let text = typed.trim();
        let text = text.strip_prefix("Bot ").unwrap_or(text).trim();
        if text.is_empty() {
            return Err(malformed("it is empty"));
        }
        if !text.bytes().all(|b| b.is_ascii_graphic()) {
            return Err(malformed("it has white space or characters outside ASCII"));
        }
        Ok(Self(SecretString::new(text.to_owned())))
    }

    /// For the one place that builds the client.
    pub(crate) fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

/// A text without what looks like a bot token that got into a wrong place: three parts with dots between, the user's id in
/// base64, a time, and at least 27 letters (Discord's reference, "Authentication").
pub(super) fn hidden(text: &str) -> String {
    let is_of_token = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let mut out = text.to_owned();
    for word in text.split(|c| !is_of_token(c)).filter(|word| looks_like_token(word)) {
        out = out.replace(word, "(not shown: it looks like a bot token)");
    }
    out
}

fn looks_like_token(word: &str) -> bool {
    let mut parts = word.split('.').map(str::len);
    let first_three = [parts.next(), parts.next(), parts.next()].map(Option::unwrap_or_default);
    let [id, time, rest] = first_three;
    parts.next().is_none() && id >= 18 && time >= 6 && rest >= 27
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn where_it_comes_from() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(b"from.the.file\r\n").unwrap();
        let path = file.path().display().to_string();
        let env = |rows: &[(&str, &str)]| rows.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect::<Env>();
        let found = |rows: &[(&str, &str)]| Token::find(&env(rows)).map(|t| t.expose().to_owned());
        assert_eq!(found(&[("DISCORD_TOKEN", "a.b.c")]).unwrap(), "a.b.c");
        assert_eq!(found(&[("DISCORD_TOKEN", "a.b.c"), ("DISCORD_TOKEN_FILE", &path)]).unwrap(), "a.b.c");
        assert_eq!(found(&[("DISCORD_TOKEN", ""), ("DISCORD_TOKEN_FILE", &path)]).unwrap(), "from.the.file");
        let error = found(&[("DISCORD_TOKEN_FILE", "/nowhere/token")]).unwrap_err().to_string();
        assert!(error.starts_with("cannot read the bot token from /nowhere/token: "), "{error}");
    }

    #[test]
    fn never_shown() {
        let token = Token::parse("Bot very.secret.token", "x").unwrap();
        assert_eq!(token.expose(), "very.secret.token");
        assert!(!format!("{token:?}").contains("secret"));
        for typed in ["", " \n", "sec ret", "secr\u{e9}t", "secret\ntoken"] {
            let error = Token::parse(typed, "DISCORD_TOKEN").unwrap_err();
            assert!(!format!("{error} {error:?}").contains("sec"), "{error:?}");
        }
    }

    #[test]
    fn what_looks_like_a_token_is_not_shown() {
        let token = format!("{}.{}.{}", "MTE5ODYyMjQ4MzQ3MTkyNTI0", "G4bcDe", "abcdefghijklmnopqrstuvwxyz0123456789-_");
        let rows = [
            (format!("`service.listen` is \"{token}\"; it"), false),
            (format!("unknown key `{token}`"), false),
            ("`discord.api_base` is \"https://discord.example.org/api/v10\"".to_owned(), true),
            ("knowledge.watch is \"a.b.c\"".to_owned(), true),
        ];
        for (text, same) in rows {
            let shown = hidden(&text);
            assert!(!shown.contains(&token) && (shown == text) == same, "{shown}");
        }
    }
}
