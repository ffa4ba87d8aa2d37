mod expressions;
mod nesting;
mod operations;
mod refusals;
mod scopes;
