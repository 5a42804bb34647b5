//! Files in and out: what is named, decoded, cut into chunks and replaced whole.

pub(crate) mod chunk;
pub(crate) mod decode;
pub(crate) mod ending;
pub(crate) mod output;
pub(crate) mod row_output;
pub(crate) mod small;
pub(crate) mod source;
