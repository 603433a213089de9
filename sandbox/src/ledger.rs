//! What has been recorded so far. With `Record::Counts` it only counts, and keeps the first violations and
//! refusals, so that a long run needs no more memory than a short one.

use crate::record::{Counts, Record, Refusal, Request, Sent, Violation};

/// So many violations and refusals each are kept when only counts are asked for.
const FIRST: usize = 1_000;

#[derive(Default)]
pub(crate) struct Ledger {
    pub(crate) mode: Record,
    pub(crate) requests: Vec<Request>,
    pub(crate) sent: Vec<Sent>,
    /// How many of `sent` the test has taken with `next_sent`.
    pub(crate) taken: usize,
    pub(crate) violations: Vec<Violation>,
    pub(crate) refusals: Vec<Refusal>,
    pub(crate) counts: Counts,
}

impl Ledger {
    fn keeps(&self) -> bool {
        self.mode == Record::Everything
    }

    pub(crate) fn request(&mut self, request: Request) {
        self.counts.requests += 1;
        *self.counts.statuses.entry(request.status).or_default() += 1;
        if self.keeps() {
            self.requests.push(request);
        }
    }

    pub(crate) fn send(&mut self, sent: Sent) {
        self.counts.sent += 1;
        self.counts.answers += usize::from(sent.is_answer() && sent.question().is_some());
        if self.keeps() {
            self.sent.push(sent);
        }
    }

    pub(crate) fn violate(&mut self, violation: Violation) {
        self.counts.violations += 1;
        if self.keeps() || self.violations.len() < FIRST {
            self.violations.push(violation);
        }
    }

    pub(crate) fn refuse(&mut self, refusal: Refusal) {
        self.counts.refusals += 1;
        if self.keeps() || self.refusals.len() < FIRST {
            self.refusals.push(refusal);
        }
    }
}
