//! `gaps`: what people asked and did not get, for an editor to read or, as TOML, to put into the story files.
//!
//! The store is only read. What strangers typed gets out without line breaks, control or invisible characters, and in
//! TOML only between quotation marks.

mod patch;
mod table;

use std::io::Write;
use std::path::Path;

use super::context::Context;
use super::exit::{Exit, Fault};
use crate::answer::Engine;
use crate::matcher::Scope;
use crate::store::{Feedback, Gap, Item, Store, StoreError};
use crate::text::visible;

/// Show what people asked and did not get, with the nearest fact there is now.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  onrecord gaps\n  onrecord gaps --server 80351110224678912\n  onrecord gaps --toml > patch.toml\n\n\
    Reads the file of the key store.file, also while the bot runs, and changes nothing. With --toml an editor gets, story by \
    story, questions to add to a fact, questions to keep from it (not_for), and drafts where no fact fits; review them and \
    copy what is right into the story files.\n\nExit codes: 0 done, also when there is nothing; 2 could not run."
)]
pub(super) struct Args {
    /// Write a patch to review.
    #[arg(long)]
    toml: bool,
    /// Of one server only, by its id; 0 is direct messages.
    #[arg(long, value_name = "ID")]
    server: Option<u64>,
}

/// A gap with what the present base has for it.
struct Case {
    gap: Gap,
    /// The best candidate and how sure it is, whatever was shown then.
    best: Option<(Item, f32)>,
    /// What the bot would make of it today: a near fact is not yet one that it gives.
    now: &'static str,
}

pub(super) fn run(args: &Args, context: &Context, out: &mut dyn Write) -> Result<Exit, Fault> {
    let Some(file) = &context.config.store else {
        return Err(Fault::User("nothing is kept: store.file is \"off\"; name a file there".to_owned()));
    };
    let (gaps, feedback) = read(file, args.server)?;
    let engine = context.engine()?;
    let cases: Vec<Case> = joined(gaps).into_iter().map(|gap| case(gap, &engine)).collect();
    if args.toml {
        write!(out, "{}", patch::written(&cases, &engine, context.today))?;
    } else {
        table::write(&cases, &feedback, out)?;
    }
    Ok(Exit::Done)
}

fn read(file: &Path, server: Option<u64>) -> Result<(Vec<Gap>, Vec<Feedback>), Fault> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|e| Fault::User(format!("cannot start the runtime: {e}")))?;
    let read = async {
        let store = Store::open_to_read(file).await?;
        let read = (store.gaps(server).await?, store.feedback(server).await?);
        store.close().await;
        Ok::<_, StoreError>(read)
    };
    runtime.block_on(read).map_err(|e| Fault::User(e.to_string()))
}

/// The same question of several servers as one, the most asked first.
fn joined(gaps: Vec<Gap>) -> Vec<Gap> {
    let mut out: Vec<Gap> = Vec::with_capacity(gaps.len());
    for gap in gaps {
        match out.iter_mut().find(|known| known.question == gap.question && known.nearest == gap.nearest) {
            Some(known) => {
                known.unanswered += gap.unanswered;
                known.unhelpful += gap.unhelpful;
                known.wrong += gap.wrong;
                known.first = known.first.min(gap.first);
                known.last = known.last.max(gap.last);
            }
            None => out.push(gap),
        }
    }
    out.sort_by_key(|gap| std::cmp::Reverse(gap.asked()));
    out
}

fn case(gap: Gap, engine: &Engine) -> Case {
    let ranked = engine.ranked(&gap.question, Scope::All, 1).into_iter().next();
    let best = ranked.map(|r| (Item { story: r.story.to_string(), id: r.id.to_string() }, r.confidence.get()));
    let now = engine.reply(&gap.question, Scope::All).outcome.as_str();
    Case { gap, best, now }
}

/// What somebody typed as one line without anything a terminal or an editor would obey.
fn shown(text: &str) -> String {
    let is_break = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    visible(text)
        .split(|c: char| c.is_whitespace() || is_break(c))
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// `2 unanswered, 1 wrong`.
fn counted(gap: &Gap) -> String {
    let counts = [(gap.unanswered, "unanswered"), (gap.unhelpful, "unhelpful"), (gap.wrong, "wrong")];
    let told = counts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}"));
    told.collect::<Vec<_>>().join(", ")
}
