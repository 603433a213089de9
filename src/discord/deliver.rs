//! Sending: one reply, once, in the form that the channel takes. Nobody is ever pinged.
//!
//! Every body carries `allowed_mentions` with an empty `parse`: without it Discord pings users, roles and everyone.

use std::time::Duration;

use serenity::all::{
    ChannelId, CreateAllowedMentions, CreateEmbed, CreateEmbedFooter, CreateInteractionResponseMessage, CreateMessage,
    Http, MessageId, MessageReference, Nonce, Permissions,
};

use super::fatal::{cause, is_passing, json_code};
use super::render;
use crate::answer::Reply;

/// Reply needs permission to read message history (topics/opcodes-and-status-codes).
const NEEDS_HISTORY: isize = 160_002;
/// Missing permissions.
const NEEDS_PERMISSION: isize = 50_013;

/// An empty or invalid form: our fault, and the plain form is the simplest there is.
const REFUSED_FORMS: [isize; 2] = [50_006, 50_035];

/// After a fault of the platform or the network; the nonce keeps a second try from being a second message.
const TRIES_MORE: u32 = 2;
/// Twice as long before the second.
const BACK_OFF: Duration = Duration::from_millis(250);

/// What is answered, and where.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) channel: ChannelId,
    pub(super) question: MessageId,
    /// None: not known.
    pub(super) permissions: Option<Permissions>,
}

/// The two choices that a channel may take away.
#[derive(Clone, Copy, Debug)]
struct Form {
    embed: bool,
    reference: bool,
}

/// Replies to a message, and gives the error that no other form gets around.
pub(super) async fn send(http: &Http, place: Place, reply: &Reply) -> Result<(), serenity::Error> {
    let may = |permission| place.permissions.is_none_or(|known| known.contains(permission));
    if !may(Permissions::SEND_MESSAGES) {
        tracing::debug!(channel = place.channel.get(), "may not send here");
        return Ok(());
    }
    let mut form = Form { embed: may(Permissions::EMBED_LINKS), reference: may(Permissions::READ_MESSAGE_HISTORY) };
    let mut tries = 0;
    loop {
        let Err(error) = place.channel.send_message(http, message(place, reply, form)).await else { return Ok(()) };
        form = match json_code(&error) {
            Some(NEEDS_HISTORY) if form.reference => Form { reference: false, ..form },
            // What is known to be allowed is not what was missing.
            Some(NEEDS_PERMISSION) if form.embed && place.permissions.is_none() => Form { embed: false, ..form },
            Some(code) if form.embed && REFUSED_FORMS.contains(&code) => {
                tracing::error!(channel = place.channel.get(), cause = cause(&error), "Discord refused a card");
                Form { embed: false, ..form }
            }
            _ if is_passing(&error) && tries < TRIES_MORE => {
                tries += 1;
                tokio::time::sleep(BACK_OFF * tries).await;
                form
            }
            _ => return Err(error),
        };
        tracing::debug!(channel = place.channel.get(), ?form, cause = cause(&error), "sent again");
    }
}

fn message(place: Place, reply: &Reply, form: Form) -> CreateMessage {
    // The same question never makes two messages, not even where an answer of Discord's got lost. 20 digits at the most.
    let nonce = Nonce::String(place.question.to_string());
    let message = CreateMessage::new().allowed_mentions(nobody()).nonce(nonce).enforce_nonce(true);
    let message = match form.embed {
        true => message.embed(embed(reply)),
        false => message.content(render::plain(reply)),
    };
    if !form.reference {
        return message;
    }
    // The question may be deleted by now; then the answer stands alone.
    message.reference_message(MessageReference::from((place.channel, place.question)).fail_if_not_exists(false))
}

/// The answer to an interaction, seen by the asker alone where it is `private`.
pub(super) fn response(reply: &Reply, embed_allowed: bool, private: bool) -> CreateInteractionResponseMessage {
    let message = CreateInteractionResponseMessage::new().allowed_mentions(nobody()).ephemeral(private);
    match embed_allowed {
        true => message.embed(embed(reply)),
        false => message.content(render::plain(reply)),
    }
}

/// A sentence to the asker alone.
pub(super) fn notice(text: String) -> CreateInteractionResponseMessage {
    CreateInteractionResponseMessage::new().allowed_mentions(nobody()).ephemeral(true).content(text)
}

fn nobody() -> CreateAllowedMentions {
    CreateAllowedMentions::new()
}

fn embed(reply: &Reply) -> CreateEmbed {
    let card = render::card(reply);
    let embed = CreateEmbed::new().description(card.description).colour(card.colour);
    match card.footer {
        Some(footer) => embed.footer(CreateEmbedFooter::new(footer)),
        None => embed,
    }
}
