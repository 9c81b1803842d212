//! In: pixmaps, band by band. Out: files: PNG and JPEG, one encoder a file.
