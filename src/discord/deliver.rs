//! Sending: one reply, once, in the form that the channel takes. Nobody is ever pinged.
//!
//! Every body carries `allowed_mentions` with an empty `parse`: without it Discord pings users, roles and everyone.

use std::time::Duration;

use serenity::all::{
    Builder, ButtonStyle, ChannelId, CreateActionRow, CreateAllowedMentions, CreateButton, CreateEmbed,
    CreateInteractionResponse, CreateInteractionResponseMessage, CreateMessage, CreateSelectMenu, CreateSelectMenuKind,
    CreateSelectMenuOption, EditInteractionResponse, EditMessage, Http, InteractionId, MessageId, MessageReference,
    Nonce, Permissions,
};

use super::fatal::{cause, json_code};
use super::outgoing::{Body, Button, Choice, Outgoing, Row, Tone};
use super::press::Press;
use super::render::Card;
use super::tries::{Tries, tried};

/// Reply needs permission to read message history (topics/opcodes-and-status-codes).
const NEEDS_HISTORY: isize = 160_002;
/// Missing permissions.
const NEEDS_PERMISSION: isize = 50_013;

/// An empty or invalid form: our fault, and the plain form is the simplest there is.
const REFUSED_FORMS: [isize; 2] = [50_006, 50_035];

/// Interaction has already been acknowledged.
const ACKNOWLEDGED: isize = 40_060;
/// After 3 s the token of an interaction is dead; the rest is for the way there.
const ANSWERABLE: Duration = Duration::from_millis(2_500);

/// What is answered, and where.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) channel: ChannelId,
    pub(super) question: MessageId,
    /// None: not known.
    pub(super) permissions: Option<Permissions>,
}

/// A reply in both forms: as a card, and as plain text for where embeds are not allowed.
#[derive(Clone, Debug)]
pub(super) struct Forms {
    pub(super) card: Outgoing,
    pub(super) plain: Outgoing,
}

/// The two choices that a channel may take away.
#[derive(Clone, Copy, Debug)]
struct Form {
    embed: bool,
    reference: bool,
}

/// Replies to a message and gives the id of the reply; None where the bot may not speak. An error is one that no other form
/// gets around.
pub(super) async fn send(http: &Http, place: Place, forms: &Forms) -> Result<Option<MessageId>, serenity::Error> {
    let may = |permission| place.permissions.is_none_or(|known| known.contains(permission));
    if !may(Permissions::SEND_MESSAGES) {
        tracing::debug!(channel = place.channel.get(), "may not send here");
        return Ok(None);
    }
    let mut form = Form { embed: may(Permissions::EMBED_LINKS), reference: may(Permissions::READ_MESSAGE_HISTORY) };
    let mut tries = Tries::new();
    loop {
        let error = match place.channel.send_message(http, message(place, forms, form)).await {
            Ok(sent) => return Ok(Some(sent.id)),
            Err(error) => error,
        };
        form = match json_code(&error) {
            Some(NEEDS_HISTORY) if form.reference => Form { reference: false, ..form },
            // What is known to be allowed is not what was missing.
            Some(NEEDS_PERMISSION) if form.embed && place.permissions.is_none() => Form { embed: false, ..form },
            Some(code) if form.embed && REFUSED_FORMS.contains(&code) => {
                tracing::error!(channel = place.channel.get(), cause = cause(&error), "Discord refused a card");
                Form { embed: false, ..form }
            }
            // The nonce keeps a second try from being a second message.
            _ if tries.again(&error).await => form,
            _ => return Err(error),
        };
        tracing::debug!(channel = place.channel.get(), ?form, cause = cause(&error), "sent again");
    }
}

fn message(place: Place, forms: &Forms, form: Form) -> CreateMessage {
    let outgoing = if form.embed { &forms.card } else { &forms.plain };
    // The same question never makes two messages, not even where an answer of Discord's got lost. 20 digits at the most.
    let nonce = Nonce::String(place.question.to_string());
    let message = CreateMessage::new().allowed_mentions(nobody()).nonce(nonce).enforce_nonce(true);
    let message = match &outgoing.body {
        Body::Card(card) => message.embed(embed(card)),
        Body::Text(text) => message.content(text),
    };
    let message = message.components(rows(&outgoing.rows));
    if !form.reference {
        return message;
    }
    // The question may be deleted by now; then the answer stands alone.
    message.reference_message(MessageReference::from((place.channel, place.question)).fail_if_not_exists(false))
}

/// Puts another reply in the place of one that was sent.
pub(super) async fn edit(http: &Http, place: Place, reply: MessageId, forms: &Forms) -> Result<(), serenity::Error> {
    let embeds = place.permissions.is_none_or(|known| known.contains(Permissions::EMBED_LINKS));
    let outgoing = if embeds { &forms.card } else { &forms.plain };
    let message = EditMessage::new().allowed_mentions(nobody()).components(rows(&outgoing.rows));
    let message = match &outgoing.body {
        Body::Card(card) => message.content("").embed(embed(card)),
        Body::Text(text) => message.content(text).embeds(Vec::new()),
    };
    tried(|| place.channel.edit_message(http, reply, message.clone())).await.map(|_| ())
}

/// Answers an interaction, as long as that can be done. Its token is not shown in any error's `cause`.
pub(super) async fn respond(
    http: &Http,
    id: InteractionId,
    token: &str,
    response: CreateInteractionResponse,
) -> Result<(), serenity::Error> {
    let mut tries = Tries::within(ANSWERABLE);
    loop {
        match response.clone().execute(http, (id, token)).await {
            // It got through before, and only the answer to it was lost.
            Err(error) if tries.is_repeated() && json_code(&error) == Some(ACKNOWLEDGED) => return Ok(()),
            Err(error) if tries.again(&error).await => {}
            done => return done,
        }
    }
}

/// The answer to an interaction.
pub(super) fn response(outgoing: &Outgoing) -> CreateInteractionResponseMessage {
    let message = CreateInteractionResponseMessage::new().allowed_mentions(nobody()).ephemeral(outgoing.private);
    let message = match &outgoing.body {
        Body::Card(card) => message.embed(embed(card)),
        Body::Text(text) => message.content(text),
    };
    message.components(rows(&outgoing.rows))
}

/// That an answer comes, to the asker alone.
pub(super) fn deferral() -> CreateInteractionResponse {
    CreateInteractionResponse::Defer(CreateInteractionResponseMessage::new().ephemeral(true))
}

/// The answer that comes.
pub(super) fn edited_response(outgoing: &Outgoing) -> EditInteractionResponse {
    let message = EditInteractionResponse::new().allowed_mentions(nobody()).components(rows(&outgoing.rows));
    match &outgoing.body {
        Body::Card(card) => message.embed(embed(card)),
        Body::Text(text) => message.content(text),
    }
}

/// The answer to a button that changes the message it is on. What was there before is taken away.
pub(super) fn update(outgoing: &Outgoing) -> CreateInteractionResponseMessage {
    let message = CreateInteractionResponseMessage::new().allowed_mentions(nobody()).components(rows(&outgoing.rows));
    match &outgoing.body {
        Body::Card(card) => message.content("").embed(embed(card)),
        Body::Text(text) => message.content(text).embeds(Vec::new()),
    }
}

fn nobody() -> CreateAllowedMentions {
    CreateAllowedMentions::new()
}

fn embed(card: &Card) -> CreateEmbed {
    CreateEmbed::new().description(&card.description).colour(card.colour)
}

fn rows(rows: &[Row]) -> Vec<CreateActionRow> {
    rows.iter().filter_map(row).collect()
}

fn row(row: &Row) -> Option<CreateActionRow> {
    match row {
        Row::Buttons(buttons) => {
            let buttons: Vec<CreateButton> = buttons.iter().filter_map(button).collect();
            (!buttons.is_empty()).then_some(CreateActionRow::Buttons(buttons))
        }
        Row::Menu { press, placeholder, options } => menu(press, placeholder, options),
    }
}

/// None where its id would not fit; `Press::written` says when.
fn button(button: &Button) -> Option<CreateButton> {
    let style = match button.tone {
        Tone::Primary => ButtonStyle::Primary,
        Tone::Secondary => ButtonStyle::Secondary,
        Tone::Danger => ButtonStyle::Danger,
    };
    Some(CreateButton::new(button.press.written()?).label(&button.label).style(style))
}

fn menu(press: &Press, placeholder: &str, options: &[Choice]) -> Option<CreateActionRow> {
    let option = |choice: &Choice| {
        let option = CreateSelectMenuOption::new(&choice.label, &choice.value).default_selection(choice.chosen);
        match &choice.about {
            Some(about) => option.description(about),
            None => option,
        }
    };
    let kind = CreateSelectMenuKind::String { options: options.iter().map(option).collect() };
    Some(CreateActionRow::SelectMenu(CreateSelectMenu::new(press.written()?, kind).placeholder(placeholder)))
}
