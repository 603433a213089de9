//! The real serenity with its rate limiter on, which only goes to `discord.com`: through the TLS door, with a
//! name that resolves to loopback.

use std::sync::Arc;
use std::time::Duration;

use discord_sandbox::{Clock, Fault, Sandbox, Scope, Trouble, World, small};
use serenity::all::{ChannelId, CreateAllowedMentions, CreateMessage, Http, HttpBuilder};

/// Seconds, of real time: the client has a clock of its own.
const RETRY_AFTER: f64 = 0.2;

fn http(sandbox: &Sandbox) -> Arc<Http> {
    let authority = reqwest::Certificate::from_pem(sandbox.ca_pem().as_bytes()).unwrap();
    let client = reqwest::Client::builder()
        .no_proxy()
        .use_rustls_tls()
        .tls_built_in_root_certs(false)
        .resolve("discord.com", sandbox.tls_address())
        .add_root_certificate(authority);
    Arc::new(HttpBuilder::new(small::TOKEN).client(client.build().unwrap()).build())
}

fn noon() -> CreateMessage {
    CreateMessage::new().content("Noon.").allowed_mentions(CreateAllowedMentions::new())
}

#[tokio::test]
async fn a_429_of_each_scope_is_waited_for() {
    for (scope, invalid) in [(Scope::User, 2), (Scope::Global, 2), (Scope::Shared, 0)] {
        let sandbox = Sandbox::start(World::small(), Clock::new()).await.unwrap();
        let trouble = Trouble::RateLimit { scope, retry_after: RETRY_AFTER };
        let (method, path) = ("POST", "/channels/{channel_id}/messages");
        sandbox.inject(Fault::Requests { method, path, times: 2, trouble });
        let http = http(&sandbox);
        let sent = ChannelId::new(small::GENERAL.0).send_message(&http, noon()).await.unwrap();
        assert_eq!(sent.content, "Noon.");
        let requests = sandbox.requests();
        let statuses: Vec<_> = requests.iter().map(|request| request.status).collect();
        assert_eq!(statuses, [429, 429, 200], "{scope:?}");
        for pair in requests.windows(2) {
            let waited = pair[1].arrived - pair[0].arrived;
            assert!(waited >= Duration::from_secs_f64(RETRY_AFTER), "{scope:?}: {waited:?}");
        }
        assert_eq!((sandbox.invalid_requests(), sandbox.sent().len()), (invalid, 1), "{scope:?}");
        assert!(sandbox.violations().is_empty());
    }
}

#[tokio::test]
async fn a_client_that_does_not_trust_the_authority_gets_nowhere() {
    let sandbox = Sandbox::start(World::small(), Clock::new()).await.unwrap();
    let client = reqwest::Client::builder().no_proxy().use_rustls_tls().resolve("discord.com", sandbox.tls_address());
    let http = HttpBuilder::new(small::TOKEN).client(client.build().unwrap()).build();
    assert!(ChannelId::new(small::GENERAL.0).send_message(&http, noon()).await.is_err());
    assert!(sandbox.requests().is_empty());
}
