/* What the keys and the buttons of the table do. */
(function () {
  "use strict";

  const grid = (window.hengduGrid = window.hengduGrid || {});
  const MOST_ROWS = 1000;

  grid.createActs = function (config, parts) {
    const { model, view, selection, pen, say } = parts;
    const acts = {};

    /* Every cell of the selected block: what(row, column, rowInBlock, columnInBlock). */
    function eachSelected(what) {
      const box = selection.box();
      for (let index = box.top; index <= box.bottom; index += 1) {
        for (let at = box.left; at <= box.right; at += 1) {
          if (model.rows[index] && view.columns[at]) {
            what(model.rows[index], view.columns[at], index - box.top, at - box.left);
          }
        }
      }
    }
    function settle() {
      parts.go(selection.row, selection.column, true);
      pen.focus();
    }
    function mayWrite() {
      pen.commit();
      return config.editable;
    }

    function stepBack(step, word) {
      if (!mayWrite()) {
        return;
      }
      const skipped = step();
      if (skipped === null) {
        say("没有可以" + word + "的操作。");
      } else {
        say(skipped ? "有 " + skipped + " 格之后又被改过，没有" + word + "。" : "已" + word + "。");
      }
      settle();
    }
    acts.undo = function () {
      stepBack(model.undo, "撤销");
    };
    acts.redo = function () {
      stepBack(model.redo, "重做");
    };

    acts.clear = function () {
      if (!mayWrite()) {
        return;
      }
      const cells = [];
      eachSelected(function (row, column) {
        if (column.kind !== "choice") {
          cells.push({ row: row, column: column.name, text: "" });
        }
      });
      model.edit(cells);
      if (!cells.length) {
        say("这一列要选一项，不能清空。");
      }
    };

    acts.copied = function () {
      const block = [];
      eachSelected(function (row, column, down) {
        block[down] = block[down] || [];
        block[down].push(row.text[column.name] || "");
      });
      const count = block.length && block.length * block[0].length;
      say("已复制 " + count + " 格。");
      return grid.printBlock(block);
    };

    acts.paste = function (text) {
      if (!mayWrite() || !text) {
        return;
      }
      const block = grid.parseBlock(text);
      const box = selection.box();
      if (block.length > MOST_ROWS) {
        say("一次最多粘贴 " + MOST_ROWS + " 条，没有粘贴。请分几次，或者从表格文件导入。");
        return;
      }
      if (block.length === 1 && block[0].length === 1) {
        const cells = [];
        eachSelected(function (row, column) {
          cells.push({ row: row, column: column.name, text: block[0][0] });
        });
        model.edit(cells);
        say("已粘贴到 " + cells.length + " 格。");
        return;
      }
      pasteBlock(block, box);
    };

    function pasteBlock(block, box) {
      const cells = [];
      const added = [];
      let cut = 0;
      let wide = 0;
      block.forEach(function (texts, down) {
        const isEmpty = texts.every(function (text) {
          return !text.trim();
        });
        let row = model.rows[box.top + down];
        if (!row && isEmpty) {
          return;
        }
        if (!row) {
          const part = model.newRow(model.rows.length + added.length, model.nextSerial(added.length));
          added.push(part);
          row = part.row;
        }
        texts.forEach(function (text, across) {
          const column = view.columns[box.left + across];
          if (!column) {
            cut += 1;
          } else if (row.id === null && added.length && added[added.length - 1].row === row) {
            row.text[column.name] = text;
          } else {
            cells.push({ row: row, column: column.name, text: text });
          }
          wide = column ? Math.max(wide, across + 1) : wide;
        });
      });
      model.edit(cells, added);
      const rows = Math.max(1, Math.min(block.length, model.rows.length - box.top));
      selection.fromRow = box.top;
      selection.fromColumn = box.left;
      parts.go(box.top + rows - 1, box.left + Math.max(0, wide - 1), true);
      say(
        "已粘贴 " + rows + " 行 × " + wide + " 列" + (added.length ? "，其中新增 " + added.length + " 条" : "") +
          (cut ? "。右边没有列的 " + cut + " 格没有粘贴。" : "。"),
      );
    }

    /* The upper row of the block goes into the others; a single row takes the one above it. */
    acts.fill = function () {
      if (!mayWrite()) {
        return;
      }
      const box = selection.box();
      const from = box.top === box.bottom ? box.top - 1 : box.top;
      if (from < 0) {
        say("上面没有可以填充的内容。");
        return;
      }
      const cells = [];
      eachSelected(function (row, column) {
        if (row !== model.rows[from] && column.name !== "serial") {
          cells.push({ row: row, column: column.name, text: model.rows[from].text[column.name] || "" });
        }
      });
      model.edit(cells);
      say(cells.length ? "已向下填充 " + cells.length + " 格。" : "序号不填充。请选择其他列。");
    };

    acts.insert = function () {
      if (!mayWrite()) {
        return;
      }
      const index = model.rows.length ? selection.box().bottom + 1 : 0;
      model.insert(index);
      const at = view.columns.findIndex(function (column) {
        return column.name === "violation_name";
      });
      parts.go(index, at);
      pen.focus();
      say("已插入一条。填写违法行为后保存。");
    };
    acts.remove = function () {
      if (!mayWrite() || !model.rows.length) {
        return;
      }
      const box = selection.box();
      const rows = model.rows.slice(box.top, box.bottom + 1);
      model.remove(rows);
      parts.go(box.top, selection.column);
      pen.focus();
      say("已移出 " + rows.length + " 条。按 Ctrl+Z 撤销。");
    };
    acts.move = function (by) {
      const row = model.rows[selection.row];
      const index = selection.row + by;
      if (!mayWrite() || !row || index < 0 || index >= model.rows.length) {
        return;
      }
      model.move(row, index);
      parts.go(index, selection.column);
      pen.focus();
      say("已移到第 " + (index + 1) + " 行。");
    };
    acts.comment = function () {
      const field = document.querySelector("[data-grid-comment-text]");
      pen.commit();
      if (field) {
        field.focus();
      }
    };
    /* The button for those who do not use the keys; browsers may ask for leave to read the clipboard. */
    acts.pasteButton = function () {
      pen.focus();
      if (!navigator.clipboard || !navigator.clipboard.readText) {
        say("选中起始格，按 Ctrl+V 粘贴。");
        return;
      }
      navigator.clipboard.readText().then(acts.paste, function () {
        say("浏览器没有允许读取剪贴板。选中起始格，按 Ctrl+V 粘贴。");
      });
    };
    return acts;
  };
})();
