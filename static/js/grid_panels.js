/* Around the table: what the current cell is about, what was changed twice, what is wrong, comments, and who is here. */
(function () {
  "use strict";

  const grid = (window.hengduGrid = window.hengduGrid || {});
  const MOST = 60;

  function make(name, className, text) {
    const one = document.createElement(name);
    one.className = className || "";
    if (text) {
      one.textContent = text;
    }
    return one;
  }
  function button(label, act, className) {
    const one = make("button", "button button-small " + (className || ""), label);
    one.type = "button";
    one.addEventListener("click", act);
    return one;
  }

  grid.createPanels = function (config, parts) {
    const { model, view, selection, pen } = parts;
    const find = function (name) {
      return document.querySelector("[data-grid-" + name + "]");
    };
    const labels = {};
    model.columns.forEach(function (column) {
      labels[column.name] = column.label;
    });
    const panels = {};
    let marks = "";

    function goTo(row, name) {
      let at = view.columns.findIndex(function (column) {
        return column.name === name;
      });
      if (at < 0) {
        parts.showColumn(name);
        at = view.columns.findIndex(function (column) {
          return column.name === name;
        });
      }
      parts.go(Math.max(0, model.indexOf(row)), Math.max(0, at));
      pen.focus();
    }

    /* The bar above the table, as the formula bar of a spreadsheet. */
    panels.showCell = function () {
      const at = pen.current();
      const where = find("where");
      const said = find("said");
      const link = find("form");
      if (!at.row || !at.column) {
        where.textContent = "";
        said.textContent = "";
        link.hidden = true;
        return;
      }
      const state = view.stateOf(at.row, at.column.name);
      where.textContent = "第 " + (at.row.text.serial || "?") + " 条 · " + at.column.label;
      const message = state[2] || (at.row.problems.length ? at.row.problems[0] : "");
      said.textContent = model.isWaiting(at.row) ? "新条目：填写违法行为后保存。" : message;
      said.className = "grid-said" + (state[0] === "is-remarked" ? " is-remark" : message ? " is-problem" : "");
      link.hidden = at.row.id === null;
      link.href = config.entry.replace("SLUG", at.row.slug);
      showComments();
    };

    function conflictItem(row, name) {
      const conflict = row.conflicts[name];
      const item = make("li", "grid-conflict");
      item.appendChild(make("p", "strong", conflict.message));
      const versions = make("div", "versions above-8");
      [["他人保存的", conflict.theirs], ["您填写的", row.text[name]]].forEach(function (one) {
        const side = make("div");
        side.appendChild(make("p", "meta", one[0]));
        side.appendChild(make("p", "grid-lines", one[1] || "（空）"));
        versions.appendChild(side);
      });
      item.appendChild(versions);
      const choices = make("p", "row above-8");
      choices.appendChild(button("保留他人的", function () {
        model.settle(row, name, conflict.theirs);
        pen.focus();
      }));
      choices.appendChild(button("保留我的", function () {
        model.insist(row, name);
        pen.focus();
      }));
      choices.appendChild(button("合并后再改", function () {
        goTo(row, name);
        pen.begin("edit", conflict.theirs + "\n" + row.text[name]);
      }));
      item.appendChild(choices);
      return item;
    }
    function goneItem(row) {
      const item = make("li", "grid-conflict");
      item.appendChild(make("p", "strong", "第 " + row.text.serial + " 条已被其他人移出清单，这里还有没保存的内容。"));
      const choices = make("p", "row above-8");
      choices.appendChild(button("作为新条目加回", function () {
        model.addAgain(row);
      }));
      choices.appendChild(button("放弃我的内容", function () {
        model.letGo(row);
      }));
      item.appendChild(choices);
      return item;
    }

    function showConflicts() {
      const list = find("conflict-list");
      const items = [];
      model.rows.forEach(function (row) {
        if (row.gone) {
          items.push(goneItem(row));
        }
        Object.keys(row.conflicts).forEach(function (name) {
          items.push(conflictItem(row, name));
        });
      });
      list.replaceChildren.apply(list, items);
      find("conflicts").hidden = !items.length;
    }

    function showProblems() {
      const wrong = [];
      const remarks = [];
      model.doubled.forEach(function (one) {
        const row = model.rows.find(function (candidate) {
          return candidate.text.serial === one.serial && candidate.text.kind === one.kind;
        });
        if (row) {
          wrong.push([row, "serial", "“" + one.kind + "”中序号 " + one.serial + " 不止一条。请改成不同的序号。"]);
        }
      });
      model.rows.forEach(function (row) {
        Object.keys(row.failed).forEach(function (name) {
          wrong.push([row, name, labels[name] + "：" + row.failed[name]]);
        });
        row.problems.forEach(function (text) {
          wrong.push([row, "condition_text", text]);
        });
        Object.keys(row.remarks).forEach(function (name) {
          remarks.push([row, name, labels[name] + "：" + row.remarks[name]]);
        });
      });
      const list = find("problem-list");
      const shown = wrong
        .map(function (one) {
          return one.concat(true);
        })
        .concat(remarks)
        .slice(0, MOST);
      list.replaceChildren.apply(list, shown.map(problemItem));
      const rest = wrong.length + remarks.length - shown.length;
      find("problem-rest").textContent = rest > 0 ? "还有 " + rest + " 处没有列出。" : "";
      find("wrong-count").textContent = "错误 " + wrong.length;
      find("wrong-count").classList.toggle("tag-danger", wrong.length > 0);
      find("remark-count").textContent = "提醒 " + remarks.length;
      find("problem-none").hidden = shown.length > 0;
    }
    function problemItem(one) {
      const item = make("li", "grid-problem " + (one[3] ? "is-problem" : "is-remark"));
      const words = make("p");
      words.appendChild(make("b", "", (one[3] ? "错误" : "提醒") + " · 第 " + (one[0].text.serial || "?") + " 条　"));
      words.appendChild(document.createTextNode(one[2]));
      item.appendChild(words);
      const go = button("到这一格", function () {
        goTo(one[0], one[1]);
      });
      go.appendChild(make("span", "visually-hidden", "：第 " + one[0].text.serial + " 条的" + labels[one[1]]));
      item.appendChild(go);
      return item;
    }

    function showComments() {
      const at = pen.current();
      const field = find("comment-form");
      const canWrite = config.remarkable && at.row && at.row.id !== null;
      if (field) {
        field.hidden = !canWrite;
        if (canWrite) {
          find("comment-label").textContent = "批注第 " + at.row.text.serial + " 条的“" + at.column.label + "”";
        }
      }
      const now = JSON.stringify(model.comments);
      if (now === marks) {
        return;
      }
      marks = now;
      const list = find("comment-list");
      list.replaceChildren.apply(list, model.comments.map(threadItem));
      find("comment-none").hidden = model.comments.length > 0;
      const open = model.comments.filter(function (one) {
        return !one.resolved;
      });
      find("comment-count").textContent = "待处理 " + open.length;
    }
    function threadItem(thread) {
      const row = model.rows.find(function (one) {
        return one.slug === thread.slug;
      });
      const item = make("li", "grid-thread" + (thread.resolved ? " is-resolved" : ""));
      const title = row ? "第 " + row.text.serial + " 条 · " + labels[thread.column] : "条目已移出";
      item.appendChild(make("p", "strong", title + (thread.resolved ? "（已处理）" : "")));
      [thread].concat(thread.answers).forEach(function (said) {
        item.appendChild(make("p", "meta", said.by + " " + said.at));
        item.appendChild(make("p", "grid-lines", said.text));
      });
      if (thread.resolved) {
        item.appendChild(make("p", "meta", "处理：" + thread.resolved));
      }
      const choices = make("p", "row above-4");
      if (row) {
        choices.appendChild(button("到这一格", function () {
          goTo(row, thread.column);
        }));
      }
      if (config.remarkable) {
        choices.appendChild(button("回复", function () {
          answer(item, thread);
        }));
        if (!thread.resolved) {
          choices.appendChild(button("标为已处理", function () {
            parts.sendComment({ resolve: thread.id });
          }));
        }
      }
      item.appendChild(choices);
      return item;
    }
    function answer(item, thread) {
      if (item.querySelector("textarea")) {
        item.querySelector("textarea").focus();
        return;
      }
      const field = make("textarea", "input above-8");
      field.rows = 2;
      field.setAttribute("aria-label", "回复批注");
      item.appendChild(field);
      item.appendChild(button("发送回复", function () {
        parts.sendComment({ answer_to: thread.id, text: field.value });
      }, "above-4"));
      field.focus();
    }

    panels.showOthers = function (others) {
      find("others").textContent = others
        .slice(0, 3)
        .map(function (one) {
          return one.name + "正在" + (one.serial ? "编辑第 " + one.serial + " 条" : "查看");
        })
        .concat(others.length > 3 ? ["等 " + others.length + " 人"] : [])
        .join("，");
    };

    panels.showSaved = function (sync) {
      const count = model.unsaved().length;
      const words = {
        quiet: "",
        saving: "正在保存…",
        saved: sync.savedAt ? "已保存 · " + sync.savedAt : "",
        failed: "有内容没有保存",
        "signed-out": "有内容没有保存",
        refused: "有内容没有保存",
      };
      const isBad = ["failed", "signed-out", "refused"].includes(sync.state) && count > 0;
      const isSaved = !isBad && count === 0 && sync.savedAt && !sync.isBusy();
      const said = isSaved ? words.saved : isBad || sync.isBusy() ? words[sync.state] : "";
      find("saved").textContent = said;
      find("saved").className = isSaved ? "saved is-saved" : "meta";
      const line = sync.message + (isBad ? "（" + count + " 格没有保存）" : "");
      const isToldAbove = sync.state === "refused" && !find("conflicts").hidden;
      find("trouble").hidden = isToldAbove || !(isBad || (sync.state === "refused" && sync.stays));
      if (find("trouble-words").textContent !== line) {
        find("trouble-words").textContent = line;
      }
      find("retry").hidden = sync.state !== "failed" && sync.state !== "signed-out";
      find("sign-in").hidden = sync.state !== "signed-out";
    };

    panels.show = function () {
      showConflicts();
      showProblems();
      showComments();
      panels.showCell();
      const none = model.rows.length === 0;
      find("none").hidden = !none;
      find("count").textContent = model.rows.length + " 条";
    };
    return panels;
  };
})();
