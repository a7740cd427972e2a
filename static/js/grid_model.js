/*
 * The rows of the table in the browser: what the server holds of a cell (base), what stands there now (text), and what
 * was done, so that it can be undone. One act of the person is one group: it is saved as a whole or not at all.
 */
(function () {
  "use strict";

  const grid = (window.hengduGrid = window.hengduGrid || {});
  const STEPS = 200;

  grid.createModel = function (config) {
    const model = { rows: [], columns: config.columns, lock: 0, comments: [], doubled: [], undone: [], done: [] };
    const listeners = [];
    let keys = 0;
    let groups = 0;

    model.onChange = function (listener) {
      listeners.push(listener);
    };
    model.changed = function () {
      listeners.forEach(function (listener) {
        listener();
      });
    };
    /* Set by the saving side: told of every group and row that waits. */
    model.queue = function () {};

    model.newGroup = function () {
      groups += 1;
      return groups;
    };
    model.rowWithId = function (id) {
      return model.rows.find(function (row) {
        return row.id === id;
      });
    };
    model.indexOf = function (row) {
      return model.rows.indexOf(row);
    };

    function blank(cells) {
      keys += 1;
      return {
        key: "new-" + keys,
        id: null,
        slug: "",
        lock: 0,
        base: {},
        text: Object.assign({}, cells),
        groups: {},
        group: 0,
        failed: {},
        conflicts: {},
        problems: [],
        remarks: {},
        gone: false,
        stamp: 1,
      };
    }

    model.touch = function (row) {
      row.stamp += 1;
    };

    model.isDirty = function (row, column) {
      return row.id === null ? Boolean(row.text[column]) : row.text[column] !== row.base[column];
    };

    /* A row nobody wrote into yet: it waits until it says something. */
    model.isWaiting = function (row) {
      return (
        row.id === null &&
        model.columns.every(function (column) {
          return column.name === "serial" || (row.text[column.name] || "") === (config.fresh[column.name] || "");
        })
      );
    };

    model.unsaved = function () {
      const found = [];
      model.rows.forEach(function (row) {
        if (row.id === null ? !model.isWaiting(row) : row.gone) {
          found.push({ row: row, column: "violation_name" });
        } else if (row.id !== null) {
          model.columns.forEach(function (column) {
            if (row.text[column.name] !== row.base[column.name]) {
              found.push({ row: row, column: column.name });
            }
          });
        }
      });
      return found;
    };

    /* Take what the server says of an entry; texts still on their way stay. `sent` is what this answer is about. */
    model.take = function (row, document, sent) {
      model.columns.forEach(function (column) {
        const name = column.name;
        const clean =
          sent && name in sent
            ? row.text[name] === sent[name]
            : !(name in row.base) || row.text[name] === row.base[name];
        row.base[name] = document.cells[name];
        if (clean || row.text[name] === document.cells[name]) {
          row.text[name] = document.cells[name];
          delete row.failed[name];
          delete row.conflicts[name];
        }
      });
      row.id = document.id;
      row.slug = document.slug;
      row.lock = document.lock;
      row.problems = document.problems;
      row.remarks = document.remarks;
      row.gone = false;
      model.touch(row);
    };

    model.load = function (documents) {
      model.rows = documents.map(function (document) {
        const row = blank({});
        model.take(row, document, null);
        return row;
      });
    };

    /* What others did: changed entries, new ones, those gone, and the order. */
    model.merge = function (answer) {
      const fresh = new Map();
      (answer.rows || []).forEach(function (document) {
        const row = model.rowWithId(document.id);
        if (row) {
          model.take(row, document, null);
        } else {
          fresh.set(document.id, document);
        }
      });
      if (!answer.order) {
        return;
      }
      const there = new Set(answer.order);
      const known = new Map();
      model.rows.forEach(function (row) {
        if (row.id !== null) {
          known.set(row.id, row);
        }
      });
      const behind = new Map();
      let above = null;
      model.rows.forEach(function (row) {
        const isGone = row.id !== null && !there.has(row.id);
        const keeps = row.id === null || (isGone && model.columns.some(function (c) {
          return model.isDirty(row, c.name);
        }));
        if (keeps) {
          row.gone = isGone;
          behind.set(above, (behind.get(above) || []).concat([row]));
        } else if (!isGone) {
          above = row.id;
        }
      });
      const rows = (behind.get(null) || []).slice();
      answer.order.forEach(function (id) {
        let row = known.get(id);
        if (!row && fresh.has(id)) {
          row = blank({});
          model.take(row, fresh.get(id), null);
        }
        if (row) {
          rows.push(row);
        }
        (behind.get(id) || []).forEach(function (one) {
          rows.push(one);
        });
      });
      model.rows = rows;
    };

    function write(row, column, text, group) {
      const kept = row.failed[column] || row.conflicts[column] || row.refused;
      row.text[column] = text;
      delete row.failed[column];
      if (row.conflicts[column]) {
        row.base[column] = row.conflicts[column].theirs;
        delete row.conflicts[column];
      }
      if (row.id === null) {
        row.group = row.group || group;
      } else if (!kept || !row.groups[column] || !model.isDirty(row, column)) {
        row.groups[column] = group;
      }
      model.touch(row);
      return row.id === null ? row.group : row.groups[column];
    }

    /* Do a step forward or back. Answers the groups that wait to be saved then. */
    function run(parts, back) {
      const group = model.newGroup();
      const waiting = new Set();
      let skipped = 0;
      (back ? parts.slice().reverse() : parts).forEach(function (part) {
        const from = back ? part.to : part.from;
        const to = back ? part.from : part.to;
        if (part.kind === "cell") {
          if (part.row.text[part.column] !== from || model.indexOf(part.row) < 0) {
            skipped += 1;
          } else {
            waiting.add(write(part.row, part.column, to, group));
          }
        } else if (part.kind === "move") {
          place(part.row, to);
        } else if (part.kind === (back ? "remove" : "add")) {
          putIn(part, group, waiting);
        } else {
          takeOut(part);
        }
      });
      waiting.forEach(function (one) {
        model.queue({ kind: "cells", group: one });
      });
      model.changed();
      return skipped;
    }

    function putIn(part, group, waiting) {
      if (model.indexOf(part.row) >= 0) {
        return;
      }
      model.rows.splice(Math.min(part.index, model.rows.length), 0, part.row);
      if (part.row.id === null) {
        part.row.group = part.row.group || group;
        waiting.add(part.row.group);
      } else {
        model.queue({ kind: "restore", row: part.row });
      }
    }

    function takeOut(part) {
      const index = model.indexOf(part.row);
      if (index < 0) {
        return;
      }
      part.index = index;
      model.rows.splice(index, 1);
      if (part.row.id !== null && !part.row.gone) {
        model.queue({ kind: "remove", row: part.row });
      }
    }

    function place(row, index) {
      const now = model.indexOf(row);
      if (now >= 0 && now !== index) {
        model.rows.splice(now, 1);
        model.rows.splice(index, 0, row);
        if (row.id !== null) {
          model.queue({ kind: "move", row: row });
        }
      }
    }

    function act(parts) {
      if (parts.length) {
        model.done.push(parts);
        model.done.splice(0, Math.max(0, model.done.length - STEPS));
        model.undone = [];
        run(parts, false);
      }
    }

    model.undo = function () {
      const parts = model.done.pop();
      if (!parts) {
        return null;
      }
      model.undone.push(parts);
      return run(parts, true);
    };
    model.redo = function () {
      const parts = model.undone.pop();
      if (!parts) {
        return null;
      }
      model.done.push(parts);
      return run(parts, false);
    };

    /* Write texts into cells, `[{row, column, text}]`, and add rows in the same step. */
    model.edit = function (cells, added) {
      const parts = (added || []).slice();
      cells.forEach(function (cell) {
        const from = cell.row.text[cell.column] || "";
        if (from !== cell.text) {
          parts.push({ kind: "cell", row: cell.row, column: cell.column, from: from, to: cell.text });
        }
      });
      act(parts);
    };

    /* A row that is not in the table yet; `part` belongs into `edit`. */
    model.newRow = function (index, serial) {
      const row = blank(Object.assign({}, config.fresh, { serial: serial }));
      model.columns.forEach(function (column) {
        row.text[column.name] = row.text[column.name] || "";
      });
      return { kind: "add", row: row, index: index };
    };
    model.insert = function (index) {
      const part = model.newRow(index, model.nextSerial());
      act([part]);
      return part.row;
    };
    model.remove = function (rows) {
      act(rows.map(function (row) {
        return { kind: "remove", row: row, index: model.indexOf(row) };
      }));
    };
    model.move = function (row, index) {
      act([{ kind: "move", row: row, from: model.indexOf(row), to: index }]);
    };

    /* The number behind the highest whole number of the column. */
    model.nextSerial = function (more) {
      const highest = model.rows.reduce(function (most, row) {
        return /^\d{1,9}$/.test(row.text.serial) ? Math.max(most, Number(row.text.serial)) : most;
      }, 0);
      return String(highest + 1 + (more || 0));
    };

    model.settle = function (row, column, theirs) {
      row.text[column] = theirs;
      row.base[column] = theirs;
      delete row.conflicts[column];
      model.touch(row);
      model.queue({ kind: "cells", group: row.groups[column] });
      model.changed();
    };
    model.insist = function (row, column) {
      row.base[column] = row.conflicts[column].theirs;
      delete row.conflicts[column];
      model.touch(row);
      model.queue({ kind: "cells", group: row.groups[column] });
      model.changed();
    };
    /* An entry somebody took out while it was edited here: add it again, or let it go. */
    model.addAgain = function (row) {
      row.id = null;
      row.gone = false;
      row.conflicts = {};
      row.group = model.newGroup();
      model.touch(row);
      model.queue({ kind: "cells", group: row.group });
      model.changed();
    };
    model.letGo = function (row) {
      const index = model.indexOf(row);
      if (index >= 0) {
        model.rows.splice(index, 1);
      }
      model.changed();
    };
    return model;
  };
})();
