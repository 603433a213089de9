//! What is true: story files, read once into types that cannot be wrong.
//!
//! `file` holds the shapes as they are typed, `tables` reads them and reports every problem, `checks` is the table of
//! rules, `resolve` turns what passed into the `model`. `verify` proves quotes and anchors against an article's text,
//! `schema` tells the shapes to editors. Only `load` touches the file system; nobody here prints.

mod checks;
mod diagnostic;
mod file;
pub mod limits;
mod load;
mod messages;
mod model;
mod resolve;
mod schema;
mod tables;
mod verify;

pub use diagnostic::{Diagnostic, Position, Severity};
pub use load::{Loaded, NoFolder, load_folder, load_text, reload_folder};
pub use model::{
    Citation, Citations, Claim, Claimant, Correction, Fact, Id, ItemIx, Part, Person, Place, Question, Quote, Source,
    Story, Topic,
};
pub use schema::schema;
pub use verify::{Proof, Verdict, digest, verify};
