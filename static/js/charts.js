/* Draws <div data-chart="id"> from the JSON script element of that id. The table beneath holds the same figures. */
(function () {
  "use strict";

  function token(name) {
    return window.getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  }

  function common() {
    const text = { color: token("ink-2"), fontFamily: token("sans") };
    const axis = {
      axisLine: { lineStyle: { color: token("line-strong") } },
      axisLabel: text,
      nameTextStyle: text,
      splitLine: { lineStyle: { color: token("line") } },
    };
    return {
      color: [token("brand"), token("ok"), token("warn"), token("visited"), token("line-strong")],
      textStyle: text,
      categoryAxis: axis,
      valueAxis: axis,
      timeAxis: axis,
      legend: { textStyle: text },
    };
  }

  /* Colours may be written as "token:danger", so that an option follows the theme. */
  function withTokens(value) {
    if (typeof value === "string" && value.indexOf("token:") === 0) {
      return token(value.slice(6));
    }
    if (Array.isArray(value)) {
      return value.map(withTokens);
    }
    if (value && typeof value === "object") {
      const copy = {};
      Object.keys(value).forEach(function (key) {
        copy[key] = withTokens(value[key]);
      });
      return copy;
    }
    return value;
  }

  function draw(place) {
    const source = document.getElementById(place.dataset.chart);
    const pad = place.closest("[data-chart-pad]");
    if (!source || !window.echarts) {
      return;
    }
    if (pad) {
      pad.hidden = false;
    }
    const known = window.echarts.getInstanceByDom(place);
    if (known) {
      known.dispose();
    }
    const option = withTokens(JSON.parse(source.textContent));
    const label = place.getAttribute("aria-label");
    option.animation = false;
    option.aria = Object.assign({ enabled: true, label: { description: label } }, option.aria);
    /* richText keeps the tooltip on the canvas: an HTML one would need style attributes, which the policy forbids. */
    option.tooltip = Object.assign({ confine: true }, option.tooltip, { renderMode: "richText" });
    window.echarts.init(place, common(), { renderer: "canvas" }).setOption(option);
  }

  function drawAll() {
    document.querySelectorAll("[data-chart]").forEach(draw);
  }

  let waiting = 0;
  window.addEventListener("resize", function () {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(drawAll, 200);
  });
  document.addEventListener("hengdu:preference", drawAll);
  drawAll();
})();
