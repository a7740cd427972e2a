/* Pieces of pages that a script builds: elements, copies of templates, icons and marks. Nothing is ever written as HTML. */
(function () {
  "use strict";

  function make(tag, names, content) {
    const element = document.createElement(tag);
    if (names) {
      element.className = names;
    }
    [].concat(content === undefined ? [] : content).forEach(function (part) {
      element.append(part);
    });
    return element;
  }

  function copyOf(id) {
    return document.getElementById(id).content.cloneNode(true);
  }

  function part(root, name) {
    return root.querySelector('[data-part="' + name + '"]');
  }

  function icon(name) {
    const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    drawing.setAttribute("class", "icon");
    drawing.setAttribute("aria-hidden", "true");
    use.setAttribute("href", "#i-" + name);
    drawing.append(use);
    return drawing;
  }

  function mark(truth) {
    const looks = {
      true: ["check", "符合"],
      false: ["cross", "不符合"],
      unknown: ["question", "不确定"],
    }[truth];
    return make("span", "mark", [icon(looks[0]), make("span", "visually-hidden", looks[1] + "：")]);
  }

  window.hengduParts = { make: make, copyOf: copyOf, part: part, icon: icon, mark: mark };
})();
