//! What the build wrote into the program for every room.

/// The texts of the records, one behind the other.
pub static POOL: &str = include_str!(concat!(env!("OUT_DIR"), "/pool.txt"));
