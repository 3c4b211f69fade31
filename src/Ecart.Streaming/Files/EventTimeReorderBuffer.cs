namespace Ecart.Streaming.Files;

/// <summary>
/// Puts records into the order of their event time as far as a horizon and a bound allow. The order in which records leave depends on
/// the input alone, so that a count of them is a position to resume at. Not thread-safe.
/// </summary>
/// <remarks>
/// A record leaves once an event was read that is later by the horizon or more, or when the bound is exceeded (the earliest leaves). Equal
/// times leave in the order of reading. A rejected record has no event time and passes at once.
/// </remarks>
public sealed class EventTimeReorderBuffer : IFileRecordSource
{
    /// <summary>Default bound on records held.</summary>
    public const int DefaultCapacity = 100_000;

    private readonly IFileRecordSource _source;
    private readonly long _horizonTicks;
    private readonly int _capacity;
    private readonly PriorityQueue<FileRecord, EmissionOrder> _held = new();
    private long _latestTicks = long.MinValue;
    private long _ordinal;
    private bool _isDrained;

    /// <param name="source">Where records come from.</param>
    /// <param name="horizon">How late an event may be read and still find its place. Not negative. Default 1 hour.</param>
    /// <param name="capacity">Most records held, at least 1. Default 100,000.</param>
    public EventTimeReorderBuffer(IFileRecordSource source, TimeSpan? horizon = null, int capacity = DefaultCapacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _horizonTicks = (horizon ?? DefaultHorizon).Ticks;
        ArgumentOutOfRangeException.ThrowIfNegative(_horizonTicks, nameof(horizon));
        _source = source;
        _capacity = capacity;
    }

    /// <summary>Default horizon.</summary>
    public static TimeSpan DefaultHorizon => TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public FileFailure? Failure => _source.Failure;

    /// <summary>
    /// Number of records to skip when the same files are read again. It stands still while the buffer empties after a failure: the
    /// unread rest of the file may belong between those records, so they are read again (and recognised by their uid).
    /// </summary>
    public long Position { get; private set; }

    /// <inheritdoc/>
    public bool TryRead(out FileRecord record)
    {
        while (!_isDrained && !IsDue())
        {
            if (!_source.TryRead(out record))
            {
                _isDrained = true;
                break;
            }

            if (record.Event is not { } decoded)
            {
                Position++;
                return true;
            }

            var ticks = decoded.OccurredAt.Ticks;
            _latestTicks = Math.Max(_latestTicks, ticks);
            _held.Enqueue(record, new EmissionOrder(ticks, _ordinal++));
        }

        if (!_held.TryDequeue(out record, out _))
            return false;
        if (Failure is null)
            Position++;
        return true;
    }

    private bool IsDue() => _held.TryPeek(out _, out var first)
        && (_held.Count > _capacity || first.EventTicks <= _latestTicks - _horizonTicks);
}
