//! What a race measured, as it is written to JSON.

use serde::{Deserialize, Serialize};

/// A whole run.
#[derive(Debug, Serialize)]
pub struct Results {
    /// Real sentences or invented ones.
    pub real: bool,
    pub seed: u64,
    pub sizes: Vec<AtSize>,
}

/// All systems over one base.
#[derive(Debug, Serialize)]
pub struct AtSize {
    pub facts: usize,
    /// Bytes of all texts and sample questions.
    pub text_bytes: usize,
    pub questions: usize,
    pub systems: Vec<Measured>,
    pub unusual: Option<Unusual>,
}

/// One system over one base.
#[derive(Debug, Serialize)]
pub struct Measured {
    pub system: &'static str,
    pub weight: Option<Weight>,
    pub speed: Option<Speed>,
    /// Why it did not run.
    pub skipped: Option<String>,
}

/// One build in a process of its own.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Weight {
    pub seconds: f64,
    /// Resident memory after the build less that before, in bytes.
    pub kept: u64,
    /// The same for the most that the build had at a time.
    pub peak: u64,
}

/// Times and quality.
#[derive(Clone, Debug, Serialize)]
pub struct Speed {
    /// How many of the questions it was asked.
    pub asked: usize,
    /// Median over both kinds of typing, in microseconds.
    pub p50: f64,
    pub clean: Timing,
    pub typed: Timing,
}

/// One kind of typing.
#[derive(Clone, Debug, Serialize)]
pub struct Timing {
    /// Microseconds.
    pub p50: f64,
    pub p99: f64,
    /// Shares of the questions whose gold sentence is first, and among the first five.
    pub hit1: f64,
    pub hit5: f64,
}

/// onrecord with questions nobody asks in earnest; medians in microseconds.
#[derive(Clone, Debug, Serialize)]
pub struct Unusual {
    pub ordinary: f64,
    pub long: f64,
    pub strange: f64,
}
