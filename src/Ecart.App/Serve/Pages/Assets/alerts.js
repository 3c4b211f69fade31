// The list and the page of an alert: keys, selection, and what comes in meanwhile. Both work without it.
const rows = [...document.querySelectorAll('tr[data-alert]')];
const form = document.getElementById('list') ?? document.getElementById('work');
const boxes = rows.map(row => row.querySelector('input[name=alert]')).filter(box => box);
const keysOn = document.getElementById('keys-on');
const help = document.getElementById('keys');
let current = -1;

function count() {
    const chosen = boxes.filter(box => box.checked).length;
    const text = document.getElementById('selected');
    if (text) text.textContent = chosen ? text.dataset.many.replace('{0}', chosen) : '';
}

function move(by) {
    if (!rows.length) return;
    rows[current]?.classList.remove('current');
    current = Math.min(rows.length - 1, Math.max(0, current + by));
    rows[current].classList.add('current');
    rows[current].querySelector('td.what a')?.focus();
    rows[current].scrollIntoView({ block: 'nearest' });
}

function toggle() {
    const box = rows[current]?.querySelector('input[name=alert]');
    if (!box) return;
    box.checked = !box.checked;
    count();
}

function act(value) {
    const button = form?.querySelector(`button[value="${value}"]`);
    if (!button) return;
    if (rows.length && !boxes.some(box => box.checked)) {
        const box = rows[current]?.querySelector('input[name=alert]');
        if (!box) return;
        box.checked = true;
    }

    form.requestSubmit(button);
}

function isOn() {
    return localStorage.getItem('ecart_keys') !== 'off';
}

const keys = {
    j: () => move(1),
    k: () => move(-1),
    x: toggle,
    o: () => rows[current]?.querySelector('td.what a')?.click(),
    t: () => act('take'),
    c: () => act('set_status:confirmed_fraud'),
    f: () => act('set_status:false_positive'),
    '?': () => help?.showModal(),
};

document.addEventListener('keydown', event => {
    const isTyping = event.target.closest('input:not([type=checkbox]), textarea, select, dialog');
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(keys, event.key)) return;
    if (event.key !== '?' && !isOn()) return;
    event.preventDefault();
    keys[event.key]();
});

document.addEventListener('focusin', event => {
    const row = event.target.closest('tr[data-alert]');
    if (!row) return;
    rows[current]?.classList.remove('current');
    current = rows.indexOf(row);
    row.classList.add('current');
});

if (keysOn) {
    keysOn.checked = isOn();
    keysOn.addEventListener('change', () => localStorage.setItem('ecart_keys', keysOn.checked ? 'on' : 'off'));
}

const helpButton = document.getElementById('help');
if (helpButton) {
    helpButton.hidden = false;
    helpButton.addEventListener('click', () => help.showModal());
}

const all = document.getElementById('select-all');
if (all) {
    all.hidden = false;
    all.addEventListener('change', () => {
        for (const box of boxes) box.checked = all.checked;
        count();
    });
}

for (const box of boxes) box.addEventListener('change', count);
count();

const live = document.getElementById('live');
if (live) {
    const seen = new Set();
    const shown = new Set(rows.map(row => row.dataset.alert));
    const stream = new EventSource(live.dataset.stream);
    const tell = () => {
        live.querySelector('span').textContent = seen.size === 1 ? live.dataset.one : live.dataset.many.replace('{0}', seen.size);
        live.hidden = false;
    };
    stream.addEventListener('alert', event => {
        const alert = JSON.parse(event.data);
        if (shown.has(String(alert.id)) || seen.has(alert.id)) return;
        seen.add(alert.id);
        tell();
    });
    stream.addEventListener('change', event => {
        const change = JSON.parse(event.data);
        const row = document.querySelector(`tr[data-alert="${Number(change.alert_id)}"]`);
        if (!row) return;
        if (change.action === 'set_status') {
            const name = document.querySelector(`#status option[value="${CSS.escape(change.to)}"]`);
            row.querySelector('[data-status]').textContent = name ? name.textContent : change.to;
        } else if (change.action !== 'comment') {
            row.querySelector('[data-assignee]').textContent = change.to ?? live.dataset.nobody;
        }

        row.classList.add('changed');
    });
    stream.addEventListener('signed_out', () => stream.close());
    addEventListener('pagehide', () => stream.close());
}
