//! `/facts gaps | settings` for members who manage a server, their own only; `/facts reload | status` for the bot's owners.
//!
//! Discord shows the command to managers; an administrator may show it to others, so that rights are checked here again.

use serenity::all::{CommandData, CommandOptionType, CommandType, CreateCommand, Permissions};
use serenity::futures::FutureExt;
use serenity::futures::future::BoxFuture;

use super::given::Given;
use super::local::{Local, option};
use super::{Command, Manner, Used, settings, status};
use crate::answer::shortened;
use crate::discord::escape::escape;
use crate::discord::interactions::Asking;
use crate::discord::outgoing::{Body, Outgoing};
use crate::discord::phrases::filled;
use crate::discord::render::{CONTENT, lines_within};
use crate::matcher::Scope;
use crate::store::Gap;

/// Open questions in one message; `onrecord gaps` has all. At 2,000 characters each has a hundred.
const SHOWN: usize = 12;
/// Of a question with its escapes.
const QUESTION: usize = 60;

pub(super) const COMMAND: Command = Command {
    kind: CommandType::ChatInput,
    name: Local::new("facts", "fakten", "hechos"),
    about: Local::new(
        "What was asked and not answered here, and the settings of this server.",
        "Was hier gefragt und nicht beantwortet wurde, und die Einstellungen dieses Servers.",
        "Lo que se preguntó aquí sin respuesta, y los ajustes de este servidor.",
    ),
    options,
    used: Used::ByManagers,
    manner: Manner::Works,
    run,
    complete: settings::complete,
};

fn options(command: CreateCommand) -> CreateCommand {
    let sub = |name, about| option(CommandOptionType::SubCommand, name, about);
    let gaps = Local::new(
        "Questions of this server that I could not answer.",
        "Fragen dieses Servers, die ich nicht beantworten konnte.",
        "Preguntas de este servidor que no supe responder.",
    );
    let set = Local::new(
        "Shows the settings of this server, or changes those you give.",
        "Zeigt die Einstellungen dieses Servers, oder ändert die angegebenen.",
        "Muestra los ajustes de este servidor, o cambia los que indiques.",
    );
    let reload = Local::new(
        "For the bot's owners: reads the story files anew.",
        "Für die Betreiber: liest die Dateien neu ein.",
        "Para quienes mantienen el bot: vuelve a leer los ficheros.",
    );
    let status = Local::new(
        "For the bot's owners: how it is.",
        "Für die Betreiber: wie es ihm geht.",
        "Para quienes mantienen el bot: cómo está.",
    );
    command
        .add_option(sub(Local::new("gaps", "lücken", "lagunas"), gaps))
        .add_option(settings::options(sub(Local::new("settings", "einstellungen", "ajustes"), set)))
        .add_option(sub(Local::new("reload", "neuladen", "recargar"), reload))
        .add_option(sub(Local::new("status", "zustand", "estado"), status))
}

fn run<'a>(asking: &'a Asking<'a>, data: &'a CommandData) -> BoxFuture<'a, Outgoing> {
    async move {
        let Some((name, given)) = Given::new(data.options()).sub_command() else {
            return Outgoing::notice(asking.said.our_fault);
        };
        let is_owner = asking.shared.owners.contains(&asking.who.user);
        match name {
            "reload" | "status" if !is_owner => Outgoing::notice(asking.said.owners_only),
            "reload" => status::reload(asking).await,
            "status" => status::status(asking).await,
            _ => {
                let Some(server) = asking.who.server else { return Outgoing::notice(asking.said.needs_server) };
                if !asking.who.may(Permissions::MANAGE_GUILD) {
                    return Outgoing::notice(asking.said.needs_manage);
                }
                if name == "settings" {
                    settings::run(asking, server, &given).await
                } else {
                    gaps(asking, server).await
                }
            }
        }
    }
    .boxed()
}

async fn gaps(asking: &Asking<'_>, server: u64) -> Outgoing {
    let gaps = match asking.shared.counted(asking.shared.store.gaps(Some(server)).await) {
        Ok(gaps) => gaps,
        Err(error) => {
            tracing::error!(guild = server, cause = %error, "open questions cannot be read");
            return Outgoing::notice(asking.said.our_fault);
        }
    };
    if gaps.is_empty() {
        let off = !asking.shared.settings.of(server).collects;
        return Outgoing::notice(if off { asking.said.gaps_off } else { asking.said.no_gaps });
    }
    let rows: Vec<String> = gaps.iter().take(SHOWN).map(|gap| row(asking, gap)).collect();
    let some = filled(asking.said.some_of, &[&rows.len().to_string(), &gaps.len().to_string()]);
    let some = if rows.len() < gaps.len() { format!(" {some}") } else { String::new() };
    let text = format!("{}{some}\n{}", asking.said.gaps, rows.join("\n"));
    Outgoing { body: Body::Text(lines_within(&text, CONTENT)), rows: Vec::new(), private: true }
}

/// "3 × what is it worth (nearest: revenue)".
fn row(asking: &Asking<'_>, gap: &Gap) -> String {
    let count = gap.asked();
    let ranked = || asking.engine.ranked(&gap.question, Scope::All, 1).into_iter().next().map(|r| r.id.to_string());
    let nearest = gap.nearest.as_ref().map(|item| item.id.clone()).or_else(ranked);
    let nearest = nearest.map(|id| format!(" ({})", filled(asking.said.nearest, &[&format!("`{id}`")])));
    let question = shortened(&gap.question, QUESTION);
    format!("- {count} × {}{}", escape(&question), nearest.unwrap_or_default())
}
