//! `chat`: a conversation in the terminal, with history, completion and reasons.

use std::io::{IsTerminal, Write};

use rustyline::completion::Completer;
use rustyline::error::ReadlineError;
use rustyline::history::MemHistory;
use rustyline::{Config, Editor, Helper, Highlighter, Hinter, Validator};

use super::ask::explain;
use super::context::{Context, scope};
use super::exit::{Exit, Fault};
use super::record::stripped;
use super::style::Style;
use crate::answer::{Asker, Engine, State, Suggestion, plain};

/// Talk with the bot here in the terminal; no account needed.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Type a question, a number to ask a suggested one, or a command:\n  /why      every signal behind the last \
    reply\n  /stories  the loaded stories\n  /help     these commands\n  /new      forget what was said\n  /quit     leave (or Ctrl-D)\n\nAsk on: \"why?\", \"who said that?\", \"and in Europe?\", \"more\".\n\n\
    Exit codes: 0, 2 could not run."
)]
pub(super) struct Args {
    /// Talk about this story only, by its id.
    #[arg(long, value_name = "ID")]
    story: Option<String>,
    /// The language the bot's own phrases are in, such as de or es; statements and quotes stay as they are.
    #[arg(long, value_name = "TAG", default_value = "en")]
    locale: String,
}

/// A command: its name, what it does.
const COMMANDS: &[(&str, &str)] = &[
    ("/why", "every signal behind the last reply"),
    ("/stories", "the loaded stories"),
    ("/new", "forget what was said"),
    ("/help", "these commands"),
    ("/quit", "leave (or Ctrl-D)"),
];

pub(super) fn run(args: &Args, context: &Context, out: &mut dyn Write) -> Result<Exit, Fault> {
    let engine = context.engine()?;
    let scope = scope(&engine, args.story.as_deref()).map_err(Fault::User)?;
    let questions = engine.featured(scope).into_iter().map(|s| s.text).collect();
    let mut editor = editor(questions)?;
    let mut chat = Chat {
        engine,
        asker: Asker::new(scope, &args.locale),
        state: State::default(),
        last: String::new(),
        suggestions: Vec::new(),
        style: Style::of_stdout(),
    };
    chat.welcome(out)?;
    let prompt = if std::io::stdin().is_terminal() { "> " } else { "" };
    loop {
        out.flush()?;
        match editor.readline(prompt) {
            Ok(line) => {
                let _ = editor.add_history_entry(line.as_str());
                if !chat.turn(line.trim(), out)? {
                    return Ok(Exit::Done);
                }
            }
            Err(ReadlineError::Eof | ReadlineError::Interrupted) => return Ok(Exit::Done),
            Err(ReadlineError::Io(error)) if error.kind() == std::io::ErrorKind::InvalidData => {
                writeln!(out, "That line is not UTF-8 text; I can't read it.\n")?;
            }
            Err(error) => return Err(Fault::User(format!("cannot read from the terminal: {error}"))),
        }
    }
}

struct Chat {
    engine: Engine,
    asker: Asker,
    state: State,
    last: String,
    suggestions: Vec<Suggestion>,
    style: Style,
}

impl Chat {
    fn welcome(&mut self, out: &mut dyn Write) -> Result<(), Fault> {
        let titles: Vec<&str> = self.engine.stories().iter().map(|s| s.title.as_str()).collect();
        writeln!(out, "{}", self.style.bold(&format!("onrecord: {}", titles.join("; "))))?;
        writeln!(out, "Ask in plain words. /help lists the commands, Ctrl-D leaves.\n")?;
        self.suggestions = self.engine.featured(self.asker.scope);
        self.suggestions.truncate(3);
        for (n, suggestion) in self.suggestions.iter().enumerate() {
            writeln!(out, "  {}. {}", n + 1, suggestion.text)?;
        }
        writeln!(out)?;
        Ok(())
    }

    /// One line of the user; false when the talk is over.
    fn turn(&mut self, line: &str, out: &mut dyn Write) -> Result<bool, Fault> {
        match line {
            "" => {}
            "/quit" | "/exit" | "/q" => return Ok(false),
            "/help" => self.help(out)?,
            "/stories" => self.stories(out)?,
            "/new" => {
                self.state = State::default();
                writeln!(out, "Forgotten; ask anew.\n")?;
            }
            "/why" if self.last.is_empty() => writeln!(out, "Ask something first.\n")?,
            "/why" => {
                writeln!(out, "Its words by themselves; lists, small talk and what was said before go by rules.")?;
                explain(&self.engine, &self.last, self.asker.scope, out)?;
                writeln!(out)?;
            }
            command if command.starts_with('/') => {
                writeln!(out, "I don't know {}; /help lists the commands.\n", stripped(command))?;
            }
            number if number.trim_end_matches('.').parse::<usize>().is_ok() && self.chosen(number).is_none() => {
                writeln!(out, "There is no suggestion {number}.\n")?;
            }
            question => {
                let question = self.chosen(question).unwrap_or_else(|| question.to_owned());
                self.answer(question, out)?;
            }
        }
        Ok(true)
    }

    /// The suggested question that a number stands for.
    fn chosen(&self, line: &str) -> Option<String> {
        let n: usize = line.trim_end_matches('.').parse().ok()?;
        self.suggestions.get(n.checked_sub(1)?).map(|s| s.text.clone())
    }

    fn answer(&mut self, question: String, out: &mut dyn Write) -> Result<(), Fault> {
        let (reply, state) = self.engine.talk_as(self.asker, &question, &self.state);
        self.state = state;
        writeln!(out, "\n{}\n", stripped(&plain(&reply)))?;
        // Thanks need no answer; what was offered before still stands on the screen.
        if !reply.suggestions.is_empty() {
            self.suggestions = reply.suggestions;
        }
        self.last = question;
        Ok(())
    }

    fn help(&self, out: &mut dyn Write) -> Result<(), Fault> {
        for (name, what) in COMMANDS {
            writeln!(out, "  {name:<10}{what}")?;
        }
        writeln!(out, "  1, 2, 3   ask a suggested question\n")?;
        Ok(())
    }

    fn stories(&self, out: &mut dyn Write) -> Result<(), Fault> {
        for story in self.engine.stories() {
            writeln!(
                out,
                "  {}: {} ({} facts, {} quotes)",
                story.id,
                story.title,
                story.facts.len(),
                story.quotes.len()
            )?;
        }
        writeln!(out)?;
        Ok(())
    }
}

/// Completes featured questions and commands by their beginning.
#[derive(Helper, Highlighter, Hinter, Validator)]
struct Completion {
    lines: Vec<String>,
}

impl Completer for Completion {
    type Candidate = String;

    fn complete(&self, line: &str, at: usize, _: &rustyline::Context<'_>) -> rustyline::Result<(usize, Vec<String>)> {
        let typed = line.get(..at).unwrap_or_default().to_lowercase();
        Ok((0, self.lines.iter().filter(|l| l.to_lowercase().starts_with(&typed)).cloned().collect()))
    }
}

fn editor(questions: Vec<String>) -> Result<Editor<Completion, MemHistory>, Fault> {
    let lines = questions.into_iter().chain(COMMANDS.iter().map(|(name, _)| (*name).to_owned())).collect();
    let cannot = |e: ReadlineError| Fault::User(format!("cannot use the terminal: {e}"));
    let mut editor = Editor::with_history(Config::default(), MemHistory::new()).map_err(cannot)?;
    editor.set_helper(Some(Completion { lines }));
    Ok(editor)
}
