//! `verify`: proves quotes and anchors against local copies of the articles; `--pin` writes the digests.

use std::fs;
use std::io::Write;
use std::sync::Arc;

use time::Date;

use super::context::Context;
use super::exit::{Exit, Fault};
use super::pin::pinned;
use super::style::Style;
use crate::knowledge::{Proof, Source, Story, Verdict, digest, load_text, verify};

/// Prove quotes and anchors against local copies of the articles.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  onrecord verify courier=article.txt\n  onrecord verify harrow-lane/courier=article.txt --pin\n\n\
    Verdicts: exact; folded (equal but for print: quotes, dashes, spaces); ambiguous (more than once: add prefix or \
    suffix); misplaced (another paragraph); absent.\n\
    Exit codes: 0 all exact or folded, 1 otherwise or when the digest differs, 2 could not run."
)]
pub(super) struct Args {
    /// A source and the text of its article; STORY/SOURCE=FILE where two stories use the same source id.
    #[arg(required = true, value_name = "ID=FILE")]
    articles: Vec<String>,
    /// Write the digest of each proved article into its story file.
    #[arg(long)]
    pin: bool,
}

pub(super) fn run(args: &Args, context: &Context, out: &mut dyn Write) -> Result<Exit, Fault> {
    let loaded = context.load()?;
    if loaded.stories.is_empty() {
        return Err(Fault::User("no story loads; `onrecord check` says why".to_owned()));
    }
    let mut exit = Exit::Done;
    for argument in &args.articles {
        let (id, file) = argument
            .split_once('=')
            .ok_or_else(|| Fault::User(format!("`{argument}` should be ID=FILE, such as courier=article.txt")))?;
        let (story, source) = find(&loaded.stories, id)?;
        let bytes = fs::read(file).map_err(|e| Fault::User(format!("cannot read {file}: {e}")))?;
        let article = String::from_utf8(bytes).map_err(|_| Fault::User(format!("{file} is not UTF-8 text")))?;
        if !one(story, source, &article, (args.pin, context.today), out)? {
            exit = Exit::NotFound;
        }
    }
    Ok(exit)
}

fn find<'a>(stories: &'a [Story], id: &str) -> Result<(&'a Story, &'a Arc<Source>), Fault> {
    let (in_story, source) = id.split_once('/').map_or((None, id), |(story, source)| (Some(story), source));
    let fits = |story: &&Story| in_story.is_none_or(|id| story.id.as_str() == id);
    let mut found = stories
        .iter()
        .filter(fits)
        .flat_map(|story| story.sources.iter().filter(|s| s.id.as_str() == source).map(move |s| (story, s)));
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(one),
        (Some((first, _)), Some((second, _))) => {
            let (first, second) = (&first.id, &second.id);
            Err(Fault::User(format!(
                "two stories have a source `{source}`: write {first}/{source}=FILE or {second}/{source}=FILE"
            )))
        }
        (None, _) => {
            let known =
                stories.iter().flat_map(|s| s.sources.iter().map(move |source| format!("{}/{}", s.id, source.id)));
            let known: Vec<String> = known.collect();
            Err(Fault::User(format!("there is no source `{id}`; known: {}", known.join(", "))))
        }
    }
}

/// Verifies one article and prints what was found; whether everything is proved and the digest is right.
fn one(
    story: &Story,
    source: &Source,
    article: &str,
    (pin, today): (bool, Date),
    out: &mut dyn Write,
) -> Result<bool, Fault> {
    let style = Style::of_stdout();
    let proofs = verify(story, &source.id, article);
    for proof in proofs.iter().filter(|p| p.verdict != Verdict::Exact) {
        let line = format!("{}:{}:{}: {}", story.file, proof.at.line, proof.at.column, said(proof));
        writeln!(out, "{}", if proof.verdict.is_proof() { line } else { style.red(&line) })?;
    }
    let count = |wanted: fn(&Verdict) -> bool| proofs.iter().filter(|p| wanted(&p.verdict)).count();
    let (exact, folded) = (count(|v| *v == Verdict::Exact), count(|v| *v == Verdict::Folded));
    let rest = proofs.len() - exact - folded;
    writeln!(out, "{}/{}: {exact} exact, {folded} folded, {rest} not proved", story.id, source.id)?;

    if proofs.is_empty() {
        writeln!(out, "{}/{}: nothing to prove; facts need anchors (`exact`) for that", story.id, source.id)?;
        return Ok(false);
    }
    let now = digest(article);
    let is_pinned = source.sha256.as_deref() == Some(now.as_str());
    if rest == 0 && pin && !is_pinned {
        write_pin(story, source, &now, today)?;
        writeln!(out, "{}/{}: digest {now} written to {}", story.id, source.id, story.file)?;
        return Ok(true);
    }
    let state = match &source.sha256 {
        Some(_) if is_pinned => "digest as pinned".to_owned(),
        Some(_) => style.red("the digest differs: this is not the text that was pinned"),
        None => "no digest yet; --pin writes it".to_owned(),
    };
    writeln!(out, "{}/{}: {state}", story.id, source.id)?;
    Ok(rest == 0 && (is_pinned || source.sha256.is_none()))
}

/// Writes the digest into the story's file, which may have changed since it was loaded: an earlier pin moves its lines.
/// Nothing is written unless the new text still loads and holds the digest.
fn write_pin(story: &Story, source: &Source, digest: &str, today: Date) -> Result<(), Fault> {
    let file = &story.file;
    let text = fs::read_to_string(file).map_err(|e| Fault::User(format!("cannot read {file}: {e}")))?;
    let of = |text: &str| {
        let story = load_text(file, text, today).0?;
        story.sources.into_iter().find(|s| s.id == source.id)
    };
    let new = of(&text).map(|now| pinned(&text, &now, digest));
    let is_good = |new: &String| of(new).is_some_and(|s| s.sha256.as_deref() == Some(digest));
    let Some(new) = new.filter(is_good) else {
        return Err(Fault::User(format!(
            "cannot place the digest in {file}: add sha256 = \"{digest}\" to the source by hand"
        )));
    };
    // A reader sees the old file or the new one, never half of it.
    let beside = format!("{file}.new");
    let written = fs::write(&beside, new).and_then(|()| fs::rename(&beside, file));
    written.map_err(|e| Fault::User(format!("cannot write {file}: {e}")))
}

fn said(proof: &Proof) -> String {
    let words = format!("`{}` “{}”", proof.id, proof.exact);
    match proof.verdict {
        Verdict::Exact => format!("{words} is exact"),
        Verdict::Folded => format!("{words} is folded: equal but for print"),
        Verdict::Ambiguous => format!("{words} is ambiguous: it stands there more than once; add `prefix` or `suffix`"),
        Verdict::Misplaced(Some(n)) => format!("{words} is misplaced: it stands in paragraph {n}"),
        Verdict::Misplaced(None) => format!("{words} is misplaced: it stands outside the part cited"),
        Verdict::Absent => match &proof.near {
            Some(near) => format!("{words} is absent from the article; the nearest there is “{near}”"),
            None => format!("{words} is absent from the article; copy the words from there"),
        },
    }
}
