//! What happens when a button is pressed, a menu used, a form sent. `press` is what their ids say.

use std::hash::{DefaultHasher, Hash, Hasher};

use serenity::all::{
    ActionRowComponent, Button, ButtonKind, ComponentInteraction, ComponentInteractionDataKind, CreateActionRow,
    CreateInputText, CreateModal, InputTextStyle, Message, MessageFlags, ModalInteraction, Permissions,
};

use super::commands::topics;
use super::interactions::Asking;
use super::outgoing::Outgoing;
use super::press::Press;
use super::shared::locked;
use crate::answer::item_key;
use crate::matcher::Scope;
use crate::store::{Item, Reason, Verdict};

/// A sentence.
const REPORT: u16 = 200;
/// The name of the one field.
const FIELD: &str = "report";

/// What a press is answered with.
pub(super) enum Pressed {
    /// A message of its own.
    Say(Outgoing),
    /// Another content for the message that the button is on.
    Change(Outgoing),
    /// That message goes.
    Delete,
    /// A form.
    Form(CreateModal),
}

/// The answer to a press.
pub(super) async fn pressed(asking: &Asking<'_>, used: &ComponentInteraction) -> Pressed {
    let gone = || Pressed::Say(Outgoing::notice(asking.said.gone));
    let private = used.message.flags.is_some_and(|flags| flags.contains(MessageFlags::EPHEMERAL));
    let Some(press) = Press::read(&used.data.custom_id) else { return gone() };
    match press {
        Press::Delete(owner) => return delete(asking, owner),
        Press::Judge(verdict, key) => return judge(asking, used, verdict, &key).await,
        _ => {}
    }
    if let Some(notice) = asking.switched_off().or_else(|| asking.held_back()) {
        return Pressed::Say(notice);
    }
    let asker = asking.asker(Scope::All);
    let say = |said| Pressed::Say(asking.say(said, private, None));
    let change = |code: &str, from: usize| {
        let part = asking.engine.part_by_code(asker, code, from)?;
        let page = asking.say_for(owner(&used.message).unwrap_or(asking.who.user), part, private, None);
        Some(Pressed::Change(topics::with_menu(asking, code, page)))
    };
    let done = match press {
        Press::Ask(key) => asking.engine.item_by_key(asker, &key).map(say),
        Press::Whose(key) => asking.engine.whose_by_key(asker, &key).map(say),
        Press::Turn { from, code } => change(&code, from),
        Press::Topics(_) => chosen(used).and_then(|code| change(code, 0)),
        // The id of a form is never that of a button; the others are done.
        Press::Report(_) | Press::Delete(_) | Press::Judge(..) => None,
    };
    done.unwrap_or_else(gone)
}

/// What the buttons of a message do.
fn below(message: &Message) -> impl Iterator<Item = Press> + '_ {
    let parts = message.components.iter().flat_map(|row| &row.components);
    parts.filter_map(|part| match part {
        ActionRowComponent::Button(Button { data: ButtonKind::NonLink { custom_id, .. }, .. }) => {
            Press::read(custom_id)
        }
        _ => None,
    })
}

/// Whose message it is, by its delete button: turning a page makes it nobody else's.
fn owner(message: &Message) -> Option<u64> {
    below(message).find_map(|press| match press {
        Press::Delete(owner) => Some(owner),
        _ => None,
    })
}

/// The key of what a message of the bot's shows, by the buttons that judge it.
pub(super) fn shown_by(message: &Message) -> Option<String> {
    below(message).find_map(|press| match press {
        Press::Judge(_, key) => Some(key),
        _ => None,
    })
}

/// The value that is chosen in a menu.
fn chosen(used: &ComponentInteraction) -> Option<&str> {
    match &used.data.kind {
        ComponentInteractionDataKind::StringSelect { values } => values.first().map(String::as_str),
        _ => None,
    }
}

fn delete(asking: &Asking<'_>, owner: u64) -> Pressed {
    if asking.who.user == owner || asking.who.may(Permissions::MANAGE_MESSAGES) {
        return Pressed::Delete;
    }
    Pressed::Say(Outgoing::notice(asking.said.not_yours))
}

async fn judge(asking: &Asking<'_>, used: &ComponentInteraction, verdict: Verdict, key: &str) -> Pressed {
    let Some(item) = item(asking, key) else { return Pressed::Say(Outgoing::notice(asking.said.gone)) };
    if verdict == Verdict::Wrong && asking.here.collects {
        return Pressed::Form(form(asking, key));
    }
    Pressed::Say(count(asking, used.message.id.get(), verdict, &item, None).await)
}

/// Counts a verdict, and keeps the question behind it (or what is said to be wrong) for the editors.
async fn count(asking: &Asking<'_>, message: u64, verdict: Verdict, item: &Item, report: Option<&str>) -> Outgoing {
    let (server, judgement) = (asking.who.server, judgement(asking, message, verdict));
    if !locked(&asking.shared.judged).is_new(judgement, asking.shared.now()) {
        return Outgoing::notice(asking.said.counted_already);
    }
    let kept = asking.shared.store.count(server.unwrap_or(0), item, verdict).await;
    if let Err(error) = asking.shared.counted(kept) {
        tracing::error!(guild = server, cause = %error, "a verdict was not kept");
        locked(&asking.shared.judged).unsee(judgement);
        return Outgoing::notice(asking.said.not_kept);
    }
    let reason = match verdict {
        Verdict::Helpful => return Outgoing::notice(asking.said.counted),
        Verdict::Unhelpful => Reason::Unhelpful,
        Verdict::Wrong => Reason::Wrong,
    };
    let asked = || asking.before().question_behind(&item_key(&item.story, &item.id));
    if let Some(text) = report.map(str::to_owned).or_else(asked) {
        asking.note(&text, reason, Some(item.clone()));
    }
    Outgoing::notice(asking.said.counted)
}

/// A user's judgement of a message, as a number that stays in memory: each counts once.
fn judgement(asking: &Asking<'_>, message: u64, verdict: Verdict) -> u64 {
    let mut hasher = DefaultHasher::new();
    (asking.who.user, message, verdict as u8).hash(&mut hasher);
    hasher.finish()
}

fn item(asking: &Asking<'_>, key: &str) -> Option<Item> {
    let (story, id) = asking.shared.engines.base().named_by_key(key)?;
    Some(Item { story, id })
}

fn form(asking: &Asking<'_>, key: &str) -> CreateModal {
    let field = CreateInputText::new(InputTextStyle::Paragraph, asking.said.report_label, FIELD).max_length(REPORT);
    let id = Press::Report(key.to_owned()).written().unwrap_or_default();
    CreateModal::new(id, asking.said.report_title).components(vec![CreateActionRow::InputText(field)])
}

/// The answer to a form that was sent.
pub(super) async fn sent(asking: &Asking<'_>, used: &ModalInteraction) -> Outgoing {
    let Some(Press::Report(key)) = Press::read(&used.data.custom_id) else { return Outgoing::notice(asking.said.gone) };
    let Some(item) = item(asking, &key) else { return Outgoing::notice(asking.said.gone) };
    let message = used.message.as_ref().map_or(0, |message| message.id.get());
    let fields = used.data.components.iter().flat_map(|row| &row.components);
    let report = fields.filter_map(|field| match field {
        ActionRowComponent::InputText(input) if input.custom_id == FIELD => input.value.as_deref(),
        _ => None,
    });
    let report: String = report.collect::<Vec<_>>().join(" ");
    count(asking, message, Verdict::Wrong, &item, Some(&report)).await
}
