(function () {
  "use strict";
  var all = function (what, within) {
    return Array.prototype.slice.call((within || document).querySelectorAll(what));
  };
  var one = function (what) { return document.querySelector(what); };
  var calm = window.matchMedia && window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  var atlas = one("#atlas"), canvas = one("#canvas");
  var drawn = null, ring = null, opener = null, view = 0;

  function classes(layer) {
    var step = layer.feature.properties.c.charAt(view);
    var kind = one('.key[data-view="' + view + '"]').getAttribute("data-kind");
    return "area leaflet-interactive v-" + kind + step;
  }

  function entry(layer) { return document.getElementById(layer.feature.properties.k); }

  function line(tag, text, css) {
    var made = document.createElement(tag);
    made.textContent = text;
    if (css) { made.className = css; }
    return made;
  }

  function areaWords(layer) {
    var from = entry(layer);
    return [
      line("h3", from.querySelector("h4").textContent),
      line("p", from.closest("[data-words]").getAttribute("data-words"), "verdict")
    ].concat(all("p", from).map(function (part) { return line("p", part.textContent); }));
  }

  function areaName(layer) {
    var from = entry(layer);
    return from.querySelector("h4").textContent + ": " +
      from.closest("[data-words]").getAttribute("data-words");
  }

  function schemeWords(layer) {
    var row = entry(layer);
    return [line("h3", row.cells[0].textContent), line("p", row.getAttribute("data-say"))];
  }

  function schemeName(layer) { return entry(layer).cells[0].textContent; }

  function assetWords(layer) {
    var more = layer.item.querySelector("span");
    var made = [
      line("h3", layer.item.querySelector("b").textContent),
      line("p", layer.item.parentNode.getAttribute("data-label"), "verdict")
    ];
    return more ? made.concat(line("p", more.textContent)) : made;
  }

  function assetName(layer) {
    return layer.item.querySelector("b").textContent + ": " +
      layer.item.parentNode.getAttribute("data-label");
  }

  function read(layer, words) {
    var inside = document.createElement("div");
    inside.className = "pop";
    inside.tabIndex = -1;
    words(layer).forEach(function (part) { inside.appendChild(part); });
    var close = line("button", atlas.getAttribute("data-close"));
    close.type = "button";
    close.addEventListener("click", function () { drawn.map.closePopup(); });
    var foot = line("div", "", "foot");
    foot.appendChild(close);
    inside.appendChild(foot);
    var box = drawn.map.getSize();
    var at = layer.getLatLng ? layer.getLatLng() : inner(layer);
    opener = layer;
    L.popup({
      closeButton: false, autoPan: true, autoPanPadding: [12, 12],
      maxWidth: Math.min(380, box.x - 72), maxHeight: box.y - 100
    }).setLatLng(at).setContent(inside).openOn(drawn.map);
    opener = layer;
    inside.focus({ preventScroll: true });
  }

  // the middle of the area where it is in the area, else a corner of it
  function inner(layer) {
    return layer.getCenter ? layer.getCenter() : layer.getBounds().getCenter();
  }

  function outline(layer) {
    unring();
    var css = function (name) { return { className: name, interactive: false, pane: "rings" }; };
    if (layer.getLatLng) {
      var radius = { radius: layer.getRadius() + 5 };
      ring = L.layerGroup(["ring-under", "ring"].map(function (name) {
        return L.circleMarker(layer.getLatLng(), L.extend(css(name), radius));
      }));
    } else {
      ring = L.layerGroup(["ring-under", "ring"].map(function (name) {
        return L.polygon(layer.getLatLngs(), css(name));
      }));
    }
    ring.addTo(drawn.map);
  }

  function unring() {
    if (ring) { ring.remove(); ring = null; }
  }

  // one stop of the Tab key for each kind of thing; arrow keys inside it
  function reachable(layers, name, words) {
    var paths = layers.map(function (layer) { return layer.getElement(); });
    var current = 0;
    function go(to) {
      paths[current].setAttribute("tabindex", "-1");
      current = (to + paths.length) % paths.length;
      paths[current].setAttribute("tabindex", "0");
      paths[current].focus();
    }
    layers.forEach(function (layer, place) {
      var path = paths[place];
      path.setAttribute("role", "button");
      path.setAttribute("aria-label", name(layer));
      path.setAttribute("tabindex", place === 0 ? "0" : "-1");
      layer.on("click", function (event) { L.DomEvent.stop(event); read(layer, words); });
      path.addEventListener("focus", function () {
        if (path.matches(":focus-visible")) { outline(layer); follow(layer); }
      });
      path.addEventListener("blur", unring);
      path.addEventListener("keydown", function (event) {
        var moves = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
        if (event.key in moves) { go(place + moves[event.key]); }
        else if (event.key === "Home") { go(0); }
        else if (event.key === "End") { go(paths.length - 1); }
        else if (event.key === "Enter" || event.key === " ") { read(layer, words); }
        else { return; }
        event.preventDefault();
        event.stopPropagation();
      });
    });
  }

  function follow(layer) {
    var at = layer.getLatLng ? layer.getLatLng() : inner(layer);
    if (!drawn.map.getBounds().contains(at)) { drawn.map.panTo(at, { animate: !calm }); }
  }

  function paint() {
    drawn.areas.eachLayer(function (layer) {
      layer.getElement().setAttribute("class", classes(layer));
    });
  }

  function layersOf(group) {
    var found = [];
    group.eachLayer(function (layer) {
      if (layer.eachLayer) { found = found.concat(layersOf(layer)); } else { found.push(layer); }
    });
    return found;
  }

  function ownClass(layers, name) {
    layers.forEach(function (layer) {
      layer.getElement().setAttribute("class", name + " leaflet-interactive");
    });
  }

  // a mark of the theme's own shape in place of a circle
  function marker(item, mark) {
    var at = item.getAttribute("data-at").split(",");
    var made = L.circleMarker([+at[0], +at[1]], { radius: 4 });
    made.item = item;
    made._updatePath = function () {
      if (!this._renderer || !this._point) { return; }
      var middle = this._point, size = this._radius;
      var corners = mark.split(" ").map(function (pair) {
        var xy = pair.split(",");
        return (middle.x + size * xy[0]).toFixed(1) + " " + (middle.y + size * xy[1]).toFixed(1);
      });
      this._renderer._setPath(this, "M" + corners.join("L") + "z");
    };
    return made;
  }

  // small while there are many to see, larger as the reader comes closer
  var shown = {}, first = 0;
  function size() {
    var sets = Object.keys(shown).map(function (key) { return shown[key]; });
    var many = sets.reduce(function (sum, marks) { return sum + marks.length; }, 0);
    var least = many > 600 ? 3 : many > 150 ? 4.5 : 7;
    var radius = Math.min(9, least + 1.6 * Math.max(0, drawn.map.getZoom() - first));
    sets.forEach(function (marks) {
      marks.forEach(function (mark) { mark.setRadius(radius); });
    });
  }

  function toggles() {
    all("input[data-theme]").forEach(function (tick) {
      var group = null;
      function show() {
        if (!tick.checked) {
          if (group) { group.remove(); }
          delete shown[tick.getAttribute("data-theme")];
          size();
          return;
        }
        var items = all("#" + tick.getAttribute("data-theme") + " [data-at]");
        var marks = items.map(function (item) { return marker(item, tick.getAttribute("data-mark")); });
        group = L.layerGroup(marks).addTo(drawn.map);
        shown[tick.getAttribute("data-theme")] = marks;
        size();
        ownClass(marks, "asset");
        reachable(marks, assetName, assetWords);
      }
      tick.addEventListener("change", show);
      if (tick.checked) { show(); }
    });
    all("input[data-ground]").forEach(function (tick) {
      var mine = layersOf(drawn.within).filter(function (layer) {
        return layer.feature.properties.k === tick.getAttribute("data-ground");
      });
      tick.addEventListener("change", function () {
        mine.forEach(function (layer) {
          if (!tick.checked) { layer.remove(); return; }
          layer.addTo(drawn.map);
          layer.getElement().setAttribute("class", "within");
          layer.getElement().setAttribute("aria-hidden", "true");
        });
      });
    });
    drawn.within.remove();
    var schemes = one("#show-schemes");
    if (!schemes) { return; }
    var showSchemes = function () {
      if (!schemes.checked) { drawn.schemes.remove(); return; }
      drawn.schemes.addTo(drawn.map);
      var shapes = layersOf(drawn.schemes);
      ownClass(shapes, "scheme");
      shapes.forEach(function (shape) { shape.off("click").bringToFront(); });
      reachable(shapes, schemeName, schemeWords);
    };
    schemes.addEventListener("change", showSchemes);
    showSchemes();
  }

  function steer(name) {
    var map = drawn.map, step = 120, how = { animate: !calm };
    var moves = { left: [-step, 0], right: [step, 0], up: [0, -step], down: [0, step] };
    if (name === "zoom_in") { map.zoomIn(1, how); }
    else if (name === "zoom_out") { map.zoomOut(1, how); }
    else if (name === "whole") { whole(); }
    else { map.panBy(moves[name], how); }
  }

  function whole() {
    var b = atlas.getAttribute("data-bounds").split(",").map(Number);
    drawn.map.fitBounds([[b[0], b[1]], [b[2], b[3]]], { animate: false, padding: [8, 8] });
  }

  function open() {
    if (drawn) { return; }
    // as high as the still map that it replaces, so that nothing jumps
    var still = one(".still").getBoundingClientRect().height;
    canvas.style.height = Math.max(440, Math.min(still, 760)) + "px";
    canvas.hidden = false;
    atlas.classList.add("ready");
    drawn = drawMap();
    var map = drawn.map, box = map.getContainer();
    map.createPane("rings").style.zIndex = 450;
    map.getPane("rings").style.pointerEvents = "none";
    if (calm) { map.options.zoomAnimation = false; }
    // a finger scrolls the page; two fingers, or the buttons, move the map
    if (L.Browser.mobile) { map.dragging.disable(); }
    map.on("focus", function () { map.scrollWheelZoom.enable(); });
    map.on("blur", function () { map.scrollWheelZoom.disable(); });
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", atlas.getAttribute("data-label"));
    map.invalidateSize();
    whole();
    first = map.getZoom();
    map.on("zoomend", size);
    map.setMinZoom(map.getZoom() - 1);
    map.setMaxZoom(map.getZoom() + 6);
    paint();
    var areas = layersOf(drawn.areas);
    areas.slice().reverse().forEach(function (layer) { layer.bringToFront(); });
    areas.forEach(function (layer) { layer.off("click"); });
    reachable(areas, areaName, areaWords);
    toggles();
    map.on("popupclose", function () {
      var back = opener && opener.getElement();
      opener = null;
      var now = document.activeElement;
      if (back && (now === document.body || box.contains(now))) {
        back.focus({ preventScroll: true });
      }
    });
    atlas.addEventListener("keydown", function (event) {
      if (event.key === "Escape") { map.closePopup(); }
    });
    all("[data-steer]").forEach(function (button) {
      button.addEventListener("click", function () { steer(button.getAttribute("data-steer")); });
    });
    one("#view").addEventListener("change", function (event) {
      view = +event.target.value;
      all(".key").forEach(function (key) {
        key.hidden = +key.getAttribute("data-view") !== view;
      });
      paint();
    });
  }

  // drawn when it comes near or the reader rests, so that the answer is there first
  if (window.requestIdleCallback) { window.requestIdleCallback(open, { timeout: 1500 }); }
  else { window.setTimeout(open, 200); }
})();
