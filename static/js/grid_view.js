/*
 * The table on the page: only the rows in sight are in the document, each as an ARIA row with its true number. Rows have
 * one height, so that their place is a multiplication, also for thousands. The first columns stay in sight.
 */
(function () {
  "use strict";

  const grid = (window.hengduGrid = window.hengduGrid || {});
  const SPARE = 6;
  const LINES = { compact: 1, normal: 2, loose: 4 };
  const PADDING = 13;
  const GUTTER = 56;
  const TAGS = { 不予处罚: "ok", 从轻处罚: "brand", 减轻处罚: "brand", 免予行政强制: "ok" };

  function make(name, className, role) {
    const one = document.createElement(name);
    one.className = className;
    if (role) {
      one.setAttribute("role", role);
    }
    return one;
  }
  grid.make = make;

  grid.createView = function (config, model, selection) {
    const scroll = document.querySelector("[data-grid-scroll]");
    const table = document.querySelector("[data-grid-table]");
    const drawn = new Map();
    const view = { columns: [], rowHeight: 0, headHeight: 0, density: "normal", scroll: scroll };
    let head = null;
    let body = null;
    let waiting = false;

    view.cellId = function (row, column) {
      return "cell-" + row.key + "-" + column.name;
    };

    /* Columns in sight, their places, and the height of a row in the reader's size of type. */
    view.arrange = function (shown, density) {
      const style = window.getComputedStyle(table);
      const scale = Math.max(1, parseFloat(style.fontSize) / 14);
      let left = Math.round(GUTTER * scale);
      view.gutter = left;
      view.density = density;
      view.columns = model.columns
        .filter(function (column) {
          return shown.includes(column.name);
        })
        .map(function (column, index) {
          const placed = Object.assign({}, column, {
            left: left,
            wide: Math.round(column.width * scale),
            frozen: index < 2,
          });
          left += placed.wide;
          return placed;
        });
      view.width = left;
      view.rowHeight = Math.round(LINES[density] * parseFloat(style.lineHeight)) + PADDING;
      table.dataset.density = density;
      drawHead();
      view.paint();
    };

    function drawHead() {
      table.textContent = "";
      drawn.clear();
      head = make("div", "grid-head", "rowgroup");
      const row = make("div", "grid-row", "row");
      row.setAttribute("aria-rowindex", "1");
      row.appendChild(cellAt("行", "columnheader", 0, view.gutter, true));
      view.columns.forEach(function (column, index) {
        const cell = cellAt(column.label, "columnheader", column.left, column.wide, column.frozen);
        cell.setAttribute("aria-colindex", String(index + 2));
        cell.classList.toggle("is-last-frozen", index === 1);
        row.appendChild(cell);
      });
      row.firstChild.setAttribute("aria-colindex", "1");
      head.appendChild(row);
      body = make("div", "grid-body", "rowgroup");
      table.appendChild(head);
      table.appendChild(body);
      table.style.width = view.width + "px";
      table.setAttribute("aria-colcount", String(view.columns.length + 1));
      view.headHeight = head.offsetHeight;
    }

    function cellAt(text, role, left, width, frozen) {
      const cell = make("div", "grid-cell" + (frozen ? " is-frozen" : ""), role);
      cell.style.width = width + "px";
      if (frozen) {
        cell.style.left = left + "px";
      }
      cell.textContent = text;
      return cell;
    }

    view.paint = function () {
      if (!body) {
        return;
      }
      const count = model.rows.length;
      table.setAttribute("aria-rowcount", String(count + 1));
      body.style.height = count * view.rowHeight + "px";
      const first = Math.max(0, Math.floor(scroll.scrollTop / view.rowHeight) - SPARE);
      const last = Math.min(count, Math.ceil((scroll.scrollTop + scroll.clientHeight) / view.rowHeight) + SPARE);
      const wanted = new Set();
      for (let index = first; index < last; index += 1) {
        wanted.add(model.rows[index]);
      }
      if (model.rows[selection.row]) {
        wanted.add(model.rows[selection.row]);
      }
      drawn.forEach(function (element, row) {
        if (!wanted.has(row)) {
          element.remove();
          drawn.delete(row);
        }
      });
      wanted.forEach(drawRow);
      paintSelection();
    };

    view.later = function () {
      if (!waiting) {
        waiting = true;
        window.requestAnimationFrame(function () {
          waiting = false;
          view.paint();
        });
      }
    };

    function drawRow(row) {
      const index = model.indexOf(row);
      const kept = drawn.get(row);
      const mark = row.stamp + "/" + index;
      if (kept && kept.dataset.mark === mark) {
        return;
      }
      const element = make("div", "grid-row", "row");
      element.dataset.mark = mark;
      element.setAttribute("aria-rowindex", String(index + 2));
      element.style.top = index * view.rowHeight + "px";
      element.style.height = view.rowHeight + "px";
      element.appendChild(gutterOf(row, index));
      view.columns.forEach(function (column, at) {
        element.appendChild(cellOf(row, column, at));
      });
      if (kept) {
        kept.replaceWith(element);
      } else {
        body.appendChild(element);
      }
      drawn.set(row, element);
    }

    function gutterOf(row, index) {
      const cell = cellAt(String(index + 1), "rowheader", 0, view.gutter, true);
      cell.classList.add("grid-gutter");
      cell.setAttribute("aria-colindex", "1");
      const word = row.gone ? "已被移出" : row.id === null ? "新" : row.problems.length ? "有错误" : "";
      if (word) {
        cell.classList.add(row.problems.length || row.gone ? "is-wrong" : "is-new");
        const said = make("span", "grid-word");
        said.textContent = word;
        cell.appendChild(said);
      }
      return cell;
    }

    /* What is to be said of a cell besides its text: class, and words for those who do not see it. */
    view.stateOf = function (row, name) {
      if (row.conflicts[name]) {
        return ["is-conflict", "两处修改", row.conflicts[name].message];
      }
      if (row.failed[name]) {
        return ["is-wrong", "要改", row.failed[name]];
      }
      if (row.gone) {
        return ["is-unsaved", "没有保存", "这一条已被其他人移出清单。"];
      }
      if (!model.isWaiting(row) && model.isDirty(row, name)) {
        return ["is-unsaved", "还没有保存", row.refused ? "这一次的内容里还有要改的格子，改好后一起保存。" : ""];
      }
      return row.remarks[name] ? ["is-remarked", "提醒", row.remarks[name]] : ["", "", ""];
    };
    view.threadsOf = function (row, name) {
      return model.comments.filter(function (one) {
        return one.slug === row.slug && row.slug && one.column === name;
      });
    };

    function cellOf(row, column, at) {
      const cell = cellAt("", "gridcell", column.left, column.wide, column.frozen);
      const state = view.stateOf(row, column.name);
      const open = view.threadsOf(row, column.name).filter(function (one) {
        return !one.resolved;
      });
      cell.id = view.cellId(row, column);
      cell.dataset.column = column.name;
      cell.setAttribute("aria-colindex", String(at + 2));
      cell.classList.toggle("is-last-frozen", at === 1);
      if (state[0]) {
        cell.classList.add(state[0]);
      }
      const text = row.text[column.name] || "";
      const holder = make("div", "grid-text");
      if (column.name === "kind" && TAGS[text]) {
        const tag = make("span", "tag tag-" + TAGS[text]);
        tag.textContent = text;
        holder.appendChild(tag);
      } else {
        holder.textContent = text;
      }
      cell.appendChild(holder);
      if (state[0] === "is-wrong" || state[0] === "is-conflict") {
        cell.setAttribute("aria-invalid", "true");
      }
      const words = [state[1], open.length ? open.length + " 条批注" : ""].filter(Boolean).join("，");
      if (words) {
        const said = make("span", "visually-hidden");
        said.textContent = "（" + words + "）";
        cell.appendChild(said);
      }
      cell.classList.toggle("has-comment", open.length > 0);
      return cell;
    }

    function paintSelection() {
      const box = selection.box();
      drawn.forEach(function (element, row) {
        const index = model.indexOf(row);
        const inRows = index >= box.top && index <= box.bottom;
        element.classList.toggle("is-current", index === selection.row);
        view.columns.forEach(function (column, at) {
          const cell = element.children[at + 1];
          const isIn = inRows && at >= box.left && at <= box.right;
          cell.classList.toggle("is-selected", isIn);
          cell.setAttribute("aria-selected", isIn ? "true" : "false");
        });
      });
    }

    /* Scroll as little as needed; the frozen columns and the head cover what lies below them. */
    view.show = function (index, at) {
      const top = index * view.rowHeight;
      const room = scroll.clientHeight - view.headHeight;
      if (top < scroll.scrollTop) {
        scroll.scrollTop = top;
      } else if (top + view.rowHeight > scroll.scrollTop + room) {
        scroll.scrollTop = top + view.rowHeight - room;
      }
      const column = view.columns[at];
      const covered = view.gutter + view.columns.reduce(function (sum, one) {
        return one.frozen ? sum + one.wide : sum;
      }, 0);
      if (column && !column.frozen) {
        if (column.left - covered < scroll.scrollLeft) {
          scroll.scrollLeft = column.left - covered;
        } else if (column.left + column.wide > scroll.scrollLeft + scroll.clientWidth) {
          scroll.scrollLeft = column.left + column.wide - scroll.clientWidth;
        }
      }
    };

    view.placeOf = function (target) {
      const cell = target.closest('[role="gridcell"]');
      const element = cell && cell.closest(".grid-row");
      if (!element) {
        return null;
      }
      return {
        row: Number(element.getAttribute("aria-rowindex")) - 2,
        column: Number(cell.getAttribute("aria-colindex")) - 2,
      };
    };
    view.redraw = function () {
      model.rows.forEach(model.touch);
      view.paint();
    };
    scroll.addEventListener("scroll", view.later);
    window.addEventListener("resize", view.later);
    return view;
  };
})();
