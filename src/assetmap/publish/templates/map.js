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

  var told = assetmapTold;

  function line(tag, text, css) {
    var made = document.createElement(tag);
    made.textContent = text;
    if (css) { made.className = css; }
    return made;
  }

  function link(text, href) {
    var made = line("p", ""), to = line("a", text);
    to.href = href;
    made.appendChild(to);
    return made;
  }

  function area(layer) { return told.areas[layer.feature.properties.k]; }

  // where to write when something is wrong: the mail names the thing and the run, nobody else
  function tell(name) {
    if (!told.tell.length) { return []; }
    var subject = encodeURIComponent(name + " (" + told.tell[1] + ")");
    return [link(atlas.getAttribute("data-tell"),
      "mailto:" + told.tell[0] + "?subject=" + subject)];
  }

  function areaWords(layer) {
    var its = area(layer);
    var more = its[3] ? [link(atlas.getAttribute("data-more"), its[3])] : [];
    return [line("h3", its[0]), line("p", its[1], "verdict")]
      .concat(its[2].map(function (text) { return line("p", text); }), more, tell(its[0]));
  }

  function areaName(layer) { return area(layer)[0] + ": " + area(layer)[1]; }

  function schemeWords(layer) {
    var its = told.schemes[layer.feature.properties.k];
    return [line("h3", its[0]), line("p", its[1])].concat(tell(its[0]));
  }

  function schemeName(layer) { return told.schemes[layer.feature.properties.k][0]; }

  function assetWords(layer) {
    var its = layer.item, made = [line("h3", its[2]), line("p", its[0], "verdict")];
    return made.concat(its[3] ? [line("p", its[3])] : [], tell(its[2]));
  }

  function assetName(layer) { return layer.item[2] + ": " + layer.item[0]; }

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
    var at = item[1].split(",");
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
        var theme = tick.getAttribute("data-theme");
        var marks = told.themes[theme].map(function (item) {
          return marker(item, told.marks[theme]);
        });
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
    // shapes end where the map ends, so that none lies under the buttons below it
    L.SVG.mergeOptions({ padding: 0.02 });
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

  function go(key) {
    var found = layersOf(drawn.areas).filter(function (layer) {
      return layer.feature.properties.k === key;
    })[0];
    if (!found) { return; }
    drawn.map.fitBounds(found.getBounds(), { animate: !calm, maxZoom: first + 2 });
    found.getElement().focus({ preventScroll: true });
    outline(found);
    atlas.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
  }

  // a link to what is seen: colours, place and zoom; never anything that was typed
  function share() {
    var at = drawn.map.getCenter();
    return location.href.replace(/#.*$/, "") + "#view=" + [view, at.lat.toFixed(4),
      at.lng.toFixed(4), drawn.map.getZoom()].join(",");
  }

  function restore() {
    var given = location.hash.match(/^#view=(\d+),(-?[\d.]+),(-?[\d.]+),([\d.]+)$/);
    if (!given) { return; }
    var chosen = one("#view");
    if (+given[1] < chosen.options.length) {
      chosen.value = given[1];
      chosen.dispatchEvent(new Event("change"));
    }
    drawn.map.setView([+given[2], +given[3]], +given[4], { animate: false });
  }

  function sharing() {
    var button = one("#share"), place = one("#share-link");
    button.addEventListener("click", function () {
      place.value = share();
      place.hidden = false;
      place.select();
      var copied = navigator.clipboard && navigator.clipboard.writeText(place.value);
      if (copied) { copied.catch(function () { return undefined; }); }
      one("#shared").textContent = button.getAttribute("data-said");
    });
  }

  var style = document.createElement("style");
  style.textContent = assetmapStyle;
  document.head.insertBefore(style, document.head.querySelector("style"));
  open();
  sharing();
  restore();
  window.addEventListener("hashchange", restore);
  window.assetmapGo = go;
})();
