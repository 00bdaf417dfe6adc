/// The page's scripts, written by hand: one replays searches, one reloads the page while the run goes on.
enum Script {
  /// The replay. It sets classes and shapes on boards that are drawn already; a step is a clause.
  static let replay = """
    (() => {
    'use strict';
    const root = document.getElementById('replay');
    if (!root) return;
    const data = JSON.parse(document.getElementById('replay-data').textContent);
    const get = name => document.getElementById('replay-' + name);
    const [choice, slider, output, play] = ['task', 'slider', 'step', 'play'].map(get);
    const tasks = [...root.querySelectorAll('.task')];
    let task = 0, step = 0, timer = 0;
    const last = index => Math.max(...data[index].runs.map(run => run.length));

    function draw(figure, run, count) {
      const board = figure.querySelector('.board');
      const size = +board.dataset.cell, left = +board.dataset.left;
      const inset = Math.floor(size / 4), side = size - 2 * inset;
      const width = +board.dataset.width, height = +board.dataset.height;
      const x = at => left + at % width * size;
      const row = at => Math.floor(at / width);
      const y = at => 4 + (+board.dataset.top ? row(at) : height - 1 - row(at)) * size;
      const state = new Map();
      const pieces = board.querySelector('.pieces'), mover = board.querySelector('.mover');
      const first = element => element.dataset.first.split(' ').map(Number);
      let places = pieces && first(pieces), place = mover && first(mover)[0];
      let route = '', crosses = '';
      const shown = run.slice(0, count);
      for (const [action, at, , flaw, , cells] of shown) {
        places = cells || places;
        if (at < 0) continue;
        place = at;
        if (flaw === 1)
          crosses += `M${x(at) + inset} ${y(at) + inset}l${side} ${side}m0 -${side}l-${side} ${side}`;
        if (action === 'plan') route += `${x(at) + size / 2},${y(at) + size / 2} `;
        else if (flaw !== 1) state.set(at, action === 'close' ? 'closed' : 'open');
      }
      const now = shown.length && count <= run.length ? shown[shown.length - 1] : null;
      for (const cell of board.querySelectorAll('.cells rect')) {
        const at = +cell.dataset.at;
        cell.setAttribute('class', (state.get(at) || '') + (now && now[1] === at ? ' now' : ''));
      }
      if (pieces) {
        const margin = 2 * Math.max(1, Math.floor(size / 7)), edge = size - 2 * margin;
        pieces.setAttribute('d', places.map(at =>
          `M${x(at) + margin} ${y(at) + margin}h${edge}v${edge}h-${edge}z`).join(''));
        mover.setAttribute('cx', x(place) + size / 2);
        mover.setAttribute('cy', y(place) + size / 2);
      }
      board.querySelector('.route').setAttribute('points', route.trim());
      board.querySelector('.crosses').setAttribute('d', crosses);
      const line = figure.querySelector('.now:not(rect)');
      const flaw = now ? now[3] || 0 : 0;
      line.className = 'now' + (flaw === 1 ? ' untrue' : flaw === 2 ? ' illegal' : '');
      line.textContent = !count ? 'before the first step' : !now ? `done after ${run.length} steps`
        : ['', '✕ ', '≠ '][flaw] + now[2] + (flaw ? (now[2] ? ': ' : '') + now[4] : '');
    }

    function drawTask(index, count) {
      const figures = tasks[index].querySelectorAll('.response');
      data[index].runs.forEach((run, number) => draw(figures[number], run, count));
    }

    function show(count) {
      step = Math.min(Math.max(count, 0), last(task));
      slider.value = step;
      output.textContent = `step ${step} of ${last(task)}`;
      drawTask(task, step);
      if (step === last(task)) stop();
    }

    function choose(index) {
      stop();
      task = index;
      tasks.forEach((element, number) => element.classList.toggle('chosen', number === index));
      slider.max = last(index);
      show(last(index));
    }

    function stop() {
      clearInterval(timer);
      timer = 0;
      play.textContent = 'Play';
    }

    function toggle() {
      if (timer) return stop();
      if (step === last(task)) show(0);
      timer = setInterval(() => show(step + 1), 140);
      play.textContent = 'Pause';
    }

    const moves = { ArrowLeft: -1, ArrowRight: 1, ArrowDown: -1, ArrowUp: 1, PageUp: 10, PageDown: -10 };
    root.addEventListener('keydown', event => {
      if (event.target === choice || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key in moves) show(step + moves[event.key]);
      else if (event.key === 'Home') show(0);
      else if (event.key === 'End') show(last(task));
      else if (event.key === ' ' && event.target.tagName !== 'BUTTON') toggle();
      else return;
      event.preventDefault();
    });
    choice.addEventListener('change', () => choose(+choice.value));
    slider.addEventListener('input', () => show(+slider.value));
    play.addEventListener('click', toggle);
    get('back').addEventListener('click', () => show(step - 1));
    get('forward').addEventListener('click', () => show(step + 1));
    addEventListener('beforeprint', () => tasks.forEach((_, index) => drawTask(index, last(index) + 1)));
    addEventListener('afterprint', () => show(step));
    root.querySelector('.controls').hidden = false;
    root.classList.add('scripted');
    choose(0);
    })();

    """

  /// Asks every five seconds whether the page has changed.
  static let live = """
    (() => {
    'use strict';
    let tag = null;
    setInterval(async () => {
      try {
        const answer = await fetch(location.href, { method: 'HEAD', cache: 'no-store' });
        const now = answer.headers.get('ETag');
        if (tag && now && now !== tag) location.reload();
        tag = now || tag;
      } catch { }
    }, 5000);
    })();

    """
}
