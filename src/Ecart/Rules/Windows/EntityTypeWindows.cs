namespace Ecart.Rules.Windows;

/// <summary>The windows over the events of one type of entity, such as a merchant. Not thread-safe.</summary>
internal sealed class EntityTypeWindows<TContext>
    where TContext : allows ref struct
{
    private readonly (RuleWindow Window, int Position, int Column)[] windows;
    private readonly TextField<TContext> id;
    private readonly RuleWindowOptions options;
    private readonly ulong[] values;
    private readonly HashSet<ulong> seen = [];
    private readonly long span;

    public EntityTypeWindows(
        string entity, RuleFields<TContext> fields, IReadOnlyList<RuleWindow> all, RuleWindowOptions options, TimeSpan lateness)
    {
        Entity = entity;
        this.options = options;
        id = fields.TryFind(entity, out RuleField<TContext>? field) && field is TextField<TContext> text
            ? text
            : throw new ArgumentException($"'{entity}' names no entity of {fields.Domain}.", nameof(entity));
        RuleWindow[] own = [.. all.Where(window => window.Entity == entity)];
        Columns = new WindowColumns<TContext>(fields, own.Where(window => window.Field is not null).Select(window => window.Field!));
        windows = [.. all.Select((window, position) => (window, position)).Where(one => one.window.Entity == entity)
            .Select(one => (one.window, one.position, one.window.Field is null ? -1 : Columns.IndexOf(one.window.Field)))];
        values = new ulong[Columns.Count];
        span = own.Max(window => window.Length.Ticks) + lateness.Ticks;
    }

    public string Entity { get; }

    public WindowColumns<TContext> Columns { get; }

    public string? IdOf(in TContext context) => id.Read(in context);

    public WindowEvents NewEvents() => new(Columns.Count, options.MaximumEvents);

    /// <summary>Adds an event.</summary>
    public void Learn(in TContext context, long ticks, WindowEvents events)
    {
        Columns.Read(in context, values);
        events.Add(ticks, values, span);
    }

    /// <summary>Whether an entity last seen at a time can still matter at another.</summary>
    public bool IsForgotten(long lastTicks, long nowTicks) => lastTicks <= nowTicks - span;

    /// <summary>Writes the value of each window as of a time.</summary>
    /// <param name="events">Events of the entity; null for none.</param>
    /// <param name="others">Those of it that other processes know; null for none.</param>
    /// <param name="isKnown">Whether the entity is known at all; else all windows are null.</param>
    /// <param name="ticks">The time.</param>
    /// <param name="results">Receives them by position.</param>
    public void Measure(WindowEvents? events, WindowEvents? others, bool isKnown, long ticks, Span<double> results)
    {
        foreach ((RuleWindow window, int position, int column) in windows)
        {
            var sum = new Sum { Largest = double.NegativeInfinity };
            if (window.Kind == RuleWindowKind.Distinct) seen.Clear();
            Add(window, column, events, ticks, ref sum);
            Add(window, column, others, ticks, ref sum);
            results[position] = isKnown ? ValueOf(window.Kind, in sum) : double.NaN;
        }
    }

    private void Add(RuleWindow window, int column, WindowEvents? events, long ticks, ref Sum sum)
    {
        if (events is null) return;
        ReadOnlySpan<long> times = events.Ticks;
        long from = ticks - window.Length.Ticks;
        for (int i = times.Length - 1; i >= 0 && times[i] > from; i--)
        {
            if (times[i] > ticks) continue;
            if (column < 0)
            {
                sum.Count++;
                continue;
            }

            ulong value = events.ValuesOf(i)[column];
            if (value == WindowColumns<TContext>.Null) continue;
            sum.Count++;
            if (window.Kind == RuleWindowKind.Distinct)
            {
                seen.Add(value);
                continue;
            }

            double number = BitConverter.UInt64BitsToDouble(value);
            sum.Total += number;
            sum.Largest = Math.Max(sum.Largest, number);
        }
    }

    private double ValueOf(RuleWindowKind kind, in Sum sum) => kind switch
    {
        RuleWindowKind.Count => sum.Count,
        RuleWindowKind.Distinct => seen.Count,
        RuleWindowKind.Sum => sum.Total,
        RuleWindowKind.Average => sum.Count > 0 ? sum.Total / sum.Count : double.NaN,
        _ => sum.Count > 0 ? sum.Largest : double.NaN,
    };

    private struct Sum
    {
        public int Count;
        public double Total;
        public double Largest;
    }
}
