/* Blocks as Excel and WPS put them on the clipboard: cells by tabs, rows by line ends, cells with either in quotes. */
(function () {
  "use strict";

  const grid = (window.hengduGrid = window.hengduGrid || {});

  /* Rows of cells. A quote opens a cell only at its beginning; two quotes inside stand for one. */
  grid.parseBlock = function (text) {
    const source = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
    const rows = [[]];
    let cell = "";
    let at = 0;
    let quoted = false;
    let fresh = true;
    function finish() {
      rows[rows.length - 1].push(cell);
      cell = "";
      fresh = true;
    }
    for (; at < source.length; at += 1) {
      const sign = source[at];
      if (quoted) {
        if (sign !== '"') {
          cell += sign;
        } else if (source[at + 1] === '"') {
          cell += '"';
          at += 1;
        } else {
          quoted = false;
        }
      } else if (sign === '"' && fresh && source.indexOf('"', at + 1) > 0) {
        quoted = true;
        fresh = false;
      } else if (sign === "\t") {
        finish();
      } else if (sign === "\n") {
        finish();
        rows.push([]);
      } else {
        cell += sign;
        fresh = false;
      }
    }
    finish();
    return rows;
  };

  grid.printBlock = function (rows) {
    return rows
      .map(function (cells) {
        return cells
          .map(function (text) {
            return /[\t\n"]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
          })
          .join("\t");
      })
      .join("\n");
  };
})();
