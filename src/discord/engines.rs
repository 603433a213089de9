//! The engine that answers in a channel: the present base, narrowed to the stories and thresholds that are set there.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use super::settings::Here;
use crate::answer::{Engine, Thresholds};

/// Choices of stories kept; beyond it any one goes for a new one. An index of a hundred facts takes a millisecond.
const KEPT: usize = 64;

/// Where engines come from. A reload brings another base; a question that is being answered keeps the one it has.
pub(super) struct Engines {
    base: watch::Receiver<Arc<Engine>>,
    made: Mutex<Made>,
}

#[derive(Default)]
struct Made {
    of: Option<Arc<Engine>>,
    engines: HashMap<Vec<String>, Arc<Engine>>,
}

impl Made {
    fn of(&self, base: &Arc<Engine>, stories: &[String]) -> Option<Arc<Engine>> {
        let is_of_base = self.of.as_ref().is_some_and(|of| Arc::ptr_eq(of, base));
        self.engines.get(stories).filter(|_| is_of_base).cloned()
    }

    fn keep(&mut self, base: &Arc<Engine>, stories: &[String], engine: &Arc<Engine>) {
        if self.of.as_ref().is_none_or(|of| !Arc::ptr_eq(of, base)) {
            *self = Self { of: Some(Arc::clone(base)), engines: HashMap::new() };
        }
        if self.engines.len() >= KEPT {
            let any = self.engines.keys().next().cloned();
            any.and_then(|any| self.engines.remove(&any));
        }
        self.engines.insert(stories.to_vec(), Arc::clone(engine));
    }
}

impl Engines {
    pub(super) fn new(base: watch::Receiver<Arc<Engine>>) -> Self {
        Self { base, made: Mutex::default() }
    }

    /// All stories, with the thresholds of the configuration.
    pub(super) fn base(&self) -> Arc<Engine> {
        Arc::clone(&self.base.borrow())
    }

    /// The engine for a channel with these settings.
    pub(super) fn here(&self, here: &Here) -> Arc<Engine> {
        let engine = self.over(&here.stories);
        if here.answer_at.is_none() && here.nearest_at.is_none() {
            return engine;
        }
        let usual = engine.thresholds();
        let answer_at = here.answer_at.unwrap_or(usual.answer_at);
        let nearest_at = here.nearest_at.unwrap_or(usual.nearest_at).min(answer_at);
        Arc::new(Engine::clone(&engine).with_thresholds(Thresholds { answer_at, nearest_at }))
    }

    fn over(&self, stories: &[String]) -> Arc<Engine> {
        let base = self.base();
        if stories.is_empty() {
            return base;
        }
        if let Some(engine) = self.made().of(&base, stories) {
            return engine;
        }
        // Outside the lock: others are answered meanwhile.
        let engine = Arc::new(base.over(stories));
        self.made().keep(&base, stories, &engine);
        engine
    }

    fn made(&self) -> MutexGuard<'_, Made> {
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
