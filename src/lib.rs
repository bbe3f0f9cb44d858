//! simguide tells a person whose Japanese SIM ran out or was stopped how to top up or pay, offline.

pub mod embedded;
pub mod pool;

pub mod lang;
pub mod words;

pub mod fact;
pub mod knowledge;

pub mod args;
pub mod query;

pub mod answer;

pub mod view;

pub mod run;
