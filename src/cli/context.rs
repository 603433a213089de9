//! What every command starts from: configuration, today's date, the loaded stories.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use time::{Date, OffsetDateTime};

use super::exit::Fault;
use crate::answer::Engine;
use crate::config::{Config, Env, environment};
use crate::knowledge::{Loaded, load_folder};
use crate::matcher::Scope;

/// Configuration, environment and date.
pub(super) struct Context {
    pub config: Config,
    pub env: Env,
    pub today: Date,
}

impl Context {
    pub(super) fn new(knowledge: Option<PathBuf>, file: Option<PathBuf>) -> Result<Self, Fault> {
        let env = environment().map_err(|e| Fault::User(e.to_string()))?;
        let mut config = Config::load(file.as_deref(), &env).map_err(|e| Fault::User(e.to_string()))?;
        if let Some(folder) = knowledge {
            config.knowledge = folder;
        }
        Ok(Self { config, env, today: OffsetDateTime::now_utc().date() })
    }

    /// Everything in the knowledge folder, problems included.
    pub(super) fn load(&self) -> Result<Loaded, Fault> {
        load_folder(&self.config.knowledge, self.today).map_err(|e| Fault::User(e.to_string()))
    }

    /// An engine over the stories without errors; what is wrong with the others is said on standard error.
    pub(super) fn engine(&self) -> Result<Engine, Fault> {
        let loaded = self.load()?;
        for diagnostic in loaded.errors() {
            writeln!(io::stderr(), "{diagnostic}")?;
        }
        if loaded.stories.is_empty() {
            return Err(Fault::User(no_story(&self.config.knowledge, loaded.errors().count())));
        }
        Ok(Engine::new(loaded.stories, self.config.thresholds))
    }
}

/// The scope of a story by its id, or of all stories.
pub(super) fn scope(engine: &Engine, story: Option<&str>) -> Result<Scope, String> {
    let Some(story) = story else { return Ok(Scope::All) };
    engine.scope_of(story).ok_or_else(|| {
        let known: Vec<&str> = engine.stories().iter().map(|s| s.id.as_str()).collect();
        format!("there is no story `{}`; loaded: {}", story.escape_debug(), known.join(", "))
    })
}

fn no_story(folder: &Path, errors: usize) -> String {
    let folder = folder.display();
    if errors > 0 {
        format!("no story in {folder} loads; mend the errors above")
    } else {
        format!("there is no story file in {folder}; put a *.toml there or give another folder with --knowledge DIR")
    }
}
