/*
 * Saving: one job after the other, each with an operation id that stays the same until the server answered, so that a
 * retry writes once. What could not be saved stays in the table and on this machine, and is tried again.
 */
(function () {
  "use strict";

  const grid = (window.hengduGrid = window.hengduGrid || {});
  const FIRST_WAIT = 3000;
  const LONGEST_WAIT = 30000;

  grid.createSync = function (config, model, tell) {
    const token = document.querySelector('meta[name="csrf-token"]').content;
    const jobs = [];
    const store = "hengdu.grid." + config.place;
    let sending = false;
    let wait = FIRST_WAIT;
    let timer = null;
    const sync = { state: "quiet", message: "", savedAt: "" };

    function say(state, message) {
      sync.state = state;
      sync.message = message || "";
      tell();
    }

    sync.isBusy = function () {
      return sending || jobs.length > 0;
    };

    sync.post = function (address, body) {
      return window.fetch(address, {
        method: "POST",
        redirect: "manual",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token },
        body: JSON.stringify(body),
      });
    };

    model.queue = function (job) {
      const isThere = job.kind === "cells" && jobs.some(function (one) {
        return one.kind === "cells" && one.group === job.group && !one.body;
      });
      if (!isThere) {
        jobs.push(job);
      }
      keep();
      next();
    };

    /* The entry a row stands behind: an id, the key of a row this job adds too, or null for the top. */
    function behind(row, added) {
      for (let index = model.indexOf(row) - 1; index >= 0; index -= 1) {
        const above = model.rows[index];
        if (above.id !== null && !above.gone) {
          return above.id;
        }
        if (added.includes(above)) {
          return above.key;
        }
      }
      return null;
    }

    function bodyOf(job) {
      if (job.kind === "remove") {
        return job.row.id === null || job.row.isOut ? null : { removals: [{ entry: job.row.id, lock: job.row.lock }] };
      }
      if (job.kind === "restore") {
        return job.row.isOut ? { restorations: [{ removed: job.row.isOut, behind: behind(job.row, []) }] } : null;
      }
      if (job.kind === "move") {
        return job.row.id === null || model.indexOf(job.row) < 0
          ? null
          : { moves: [{ entry: job.row.id, behind: behind(job.row, []) }] };
      }
      job.sent = new Map();
      const changes = [];
      const added = model.rows.filter(function (row) {
        return row.id === null && row.group === job.group && !model.isWaiting(row);
      });
      model.rows.forEach(function (row) {
        if (row.id === null || row.gone) {
          return;
        }
        model.columns.forEach(function (column) {
          const name = column.name;
          if (row.groups[name] === job.group && row.text[name] !== row.base[name]) {
            changes.push({ entry: row.id, column: name, before: row.base[name], after: row.text[name] });
            job.sent.set(row, Object.assign(job.sent.get(row) || {}, { [name]: row.text[name] }));
          }
        });
      });
      added.forEach(function (row) {
        job.sent.set(row, Object.assign({}, row.text));
      });
      if (!changes.length && !added.length) {
        return null;
      }
      return {
        changes: changes,
        additions: added.map(function (row) {
          return { key: row.key, behind: behind(row, added), cells: row.text };
        }),
      };
    }

    function next() {
      if (sending || !jobs.length || timer) {
        return;
      }
      const job = jobs[0];
      if (!job.body) {
        const body = bodyOf(job);
        if (!body) {
          jobs.shift();
          keep();
          tell();
          next();
          return;
        }
        body.operation = crypto.randomUUID ? crypto.randomUUID() : String(Date.now()) + Math.random().toString(16);
        job.body = JSON.parse(JSON.stringify(body));
      }
      sending = true;
      say("saving");
      sync.post(config.edits, job.body).then(
        function (response) {
          sending = false;
          return answered(job, response);
        },
        function () {
          sending = false;
          later("没能保存到服务器。内容已留在本机，恢复网络后自动重试。");
        },
      );
    }

    function later(message) {
      say("failed", message);
      timer = window.setTimeout(sync.retry, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT);
    }

    sync.retry = function () {
      window.clearTimeout(timer);
      timer = null;
      next();
    };
    window.addEventListener("online", sync.retry);

    function answered(job, response) {
      if (response.type === "opaqueredirect" || response.status === 401) {
        later("登录已过期，内容已留在本机。重新登录后自动保存。");
        sync.state = "signed-out";
        tell();
        return null;
      }
      if (response.status >= 500 || response.status === 429) {
        later("服务暂时出了问题，内容已留在本机，稍后自动重试。");
        return null;
      }
      return response.json().then(
        function (answer) {
          wait = FIRST_WAIT;
          jobs.shift();
          if (response.ok) {
            saved(job, answer);
          } else {
            refused(job, answer, response.status);
          }
          keep();
          model.changed();
          next();
        },
        function () {
          later("服务暂时出了问题，内容已留在本机，稍后自动重试。");
        },
      );
    }

    function saved(job, answer) {
      const documents = new Map();
      answer.rows.forEach(function (document) {
        documents.set(document.id, document);
      });
      if (job.sent) {
        job.sent.forEach(function (sent, row) {
          const found = documents.get(row.id === null ? answer.created[row.key] : row.id);
          if (found) {
            row.refused = false;
            const late = row.id === null;
            model.take(row, found, sent);
            if (late) {
              laterEdits(row);
            }
          }
        });
      } else if (job.kind === "remove") {
        job.row.isOut = answer.removed[job.row.id];
      } else if (job.kind === "restore") {
        job.row.isOut = 0;
        const found = documents.get(job.row.id);
        if (found) {
          model.take(job.row, found, null);
        }
      }
      model.doubled = answer.doubled;
      if (answer.lock === model.lock + 1) {
        model.lock = answer.lock;
      }
      sync.savedAt = answer.saved_at;
      say("saved");
    }

    /* What was typed into a new row while it was on its way. */
    function laterEdits(row) {
      if (model.indexOf(row) < 0) {
        jobs.push({ kind: "remove", row: row });
        return;
      }
      const group = model.newGroup();
      const dirty = model.columns.filter(function (column) {
        return row.text[column.name] !== row.base[column.name];
      });
      dirty.forEach(function (column) {
        row.groups[column.name] = group;
      });
      if (dirty.length) {
        jobs.push({ kind: "cells", group: group });
      }
    }

    function refused(job, answer, status) {
      (answer.cells || []).forEach(function (cell) {
        const row = model.rows.find(function (one) {
          return String(one.id === null ? one.key : one.id) === cell.row;
        });
        if (row) {
          row.failed[cell.column] = cell.message;
        }
      });
      (answer.conflicts || []).forEach(function (conflict) {
        const row = job.row || model.rowWithId(conflict.entry);
        if (!row || conflict.theirs === null) {
          if (row) {
            row.gone = model.indexOf(row) >= 0;
          }
        } else if (conflict.column) {
          row.conflicts[conflict.column] = { theirs: conflict.theirs, message: conflict.message };
        }
      });
      if (job.sent) {
        job.sent.forEach(function (sent, row) {
          row.refused = true;
          model.touch(row);
          const isChanged = Object.keys(sent).some(function (name) {
            return row.text[name] !== sent[name];
          });
          if (isChanged && row.id === null) {
            jobs.push({ kind: "cells", group: row.group });
          }
        });
      } else if (job.kind === "remove" && status === 409 && model.indexOf(job.row) < 0) {
        const hasGone = (answer.conflicts || []).some(function (one) {
          return one.theirs === null;
        });
        if (!hasGone) {
          model.rows.push(job.row);
          model.lock = -1;
        }
      } else {
        // The order here is no longer the server's: ask for it.
        model.lock = -1;
      }
      // What concerns cells is over once they are mended; a refused move or removal is told until the next act.
      sync.stays = !job.sent;
      say("refused", answer.message || "没有保存。请刷新页面后再试。");
    }

    /* Unsaved texts on this machine, so that a closed tab loses nothing. */
    function keep() {
      const cells = [];
      const added = [];
      model.rows.forEach(function (row) {
        if (row.id === null) {
          if (!model.isWaiting(row)) {
            added.push({ behind: behind(row, []), cells: row.text });
          }
          return;
        }
        model.columns.forEach(function (column) {
          if (row.text[column.name] !== row.base[column.name]) {
            cells.push([row.id, column.name, row.base[column.name], row.text[column.name]]);
          }
        });
      });
      try {
        if (cells.length || added.length) {
          window.localStorage.setItem(store, JSON.stringify({ cells: cells, added: added }));
        } else {
          window.localStorage.removeItem(store);
        }
      } catch (error) {
        sync.message = sync.message || "本机空间不足，没能在本机留一份。请不要关闭页面。";
      }
    }

    /* Put back what an earlier visit could not save; how many cells. */
    sync.bringBack = function () {
      let kept;
      try {
        kept = JSON.parse(window.localStorage.getItem(store) || "null");
      } catch (error) {
        kept = null;
      }
      if (!kept) {
        return 0;
      }
      let count = 0;
      const group = model.newGroup();
      kept.cells.forEach(function (cell) {
        const row = model.rowWithId(cell[0]);
        if (row && row.text[cell[1]] !== cell[3]) {
          row.base[cell[1]] = cell[2];
          row.text[cell[1]] = cell[3];
          row.groups[cell[1]] = group;
          model.touch(row);
          count += 1;
        }
      });
      kept.added.forEach(function (one) {
        const above = model.rowWithId(one.behind);
        const part = model.newRow(0, one.cells.serial);
        Object.assign(part.row.text, one.cells);
        part.row.group = group;
        model.rows.splice(above ? model.indexOf(above) + 1 : 0, 0, part.row);
        count += 1;
      });
      model.queue({ kind: "cells", group: group });
      return count;
    };

    window.addEventListener("beforeunload", function (event) {
      if (sync.isBusy() || model.unsaved().length) {
        event.preventDefault();
        event.returnValue = "";
      }
    });
    return sync;
  };
})();
