//! Which server the bot talks to. One value decides the address and the client's rate limiter together.
//!
//! serenity 0.12.5 ignores another address while its rate limiter is on, and would send the token to discord.com; the
//! two can therefore not be set apart from each other.

use std::fmt;

use url::{Host, Url};

/// Discord itself, or another server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Endpoint {
    /// discord.com, with the rate limiter.
    Discord,
    /// Another server, without the rate limiter.
    Other(ApiBase),
}

/// The address of another server: http on loopback, or https; without user, query and fragment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiBase(Url);

impl Endpoint {
    /// Another server by its address.
    ///
    /// # Errors
    /// When a token could be read on the way there: the end of a sentence that starts with the key.
    pub fn parse(typed: &str) -> Result<Self, String> {
        let url = Url::parse(typed).map_err(|_| "is no address".to_owned())?;
        let is_open = match url.scheme() {
            "https" => false,
            "http" => true,
            other => return Err(format!("has the scheme {other:?}")),
        };
        if !url.username().is_empty() || url.password().is_some() {
            return Err("names a user or a password".to_owned());
        }
        if url.query().is_some() || url.fragment().is_some() || url.host().is_none() {
            return Err("has more than a host, a port and a path".to_owned());
        }
        if is_open && !is_loopback(&url) {
            return Err(format!("is http to {}, which is not this machine", url.host_str().unwrap_or_default()));
        }
        Ok(Self::Other(ApiBase(url)))
    }
}

impl ApiBase {
    /// As it is written.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Whether the gateway at `url` is on the same host, and no less protected than REST is.
    pub fn is_home_of(&self, url: &str) -> bool {
        let Ok(gateway) = Url::parse(url) else { return false };
        let is_safe = match gateway.scheme() {
            "wss" => true,
            "ws" => is_loopback(&gateway),
            _ => false,
        };
        is_safe && gateway.host_str() == self.0.host_str()
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Discord => f.write_str("discord.com"),
            Self::Other(base) => f.write_str(base.as_str()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Endpoint;

    #[test]
    fn addresses() {
        let rows = [
            ("http://127.0.0.1:8080", true),
            ("http://localhost:1/", true),
            ("http://[::1]:9", true),
            ("https://example.org/discord", true),
            ("http://example.org", false),
            ("http://127.0.0.1.example.org", false),
            ("http://localhost.example.org", false),
            ("http://0.0.0.0:1", false),
            ("http://user@127.0.0.1", false),
            ("https://user:secret@example.org", false),
            ("https://example.org/?a=b", false),
            ("ws://127.0.0.1", false),
            ("127.0.0.1:8080", false),
            ("", false),
        ];
        for (typed, good) in rows {
            assert_eq!(Endpoint::parse(typed).is_ok(), good, "{typed}");
        }
    }

    #[test]
    fn gateways() {
        let rows = [
            ("http://127.0.0.1:1", "ws://127.0.0.1:2/ws/", true),
            ("http://127.0.0.1:1", "wss://gateway.discord.gg", false),
            ("http://127.0.0.1:1", "ws://127.0.0.2:1/", false),
            ("http://127.0.0.1:1", "ws://127.0.0.1.example.org/", false),
            ("http://127.0.0.1:1", "ws://127.0.0.1@example.org/", false),
            ("http://127.0.0.1:1", "http://127.0.0.1/", false),
            ("https://example.org", "wss://example.org/ws", true),
            ("https://example.org", "ws://example.org/ws", false),
            ("https://example.org", "", false),
        ];
        for (base, gateway, home) in rows {
            let Endpoint::Other(base) = Endpoint::parse(base).unwrap() else { panic!("{base}") };
            assert_eq!(base.is_home_of(gateway), home, "{gateway}");
        }
    }
}
