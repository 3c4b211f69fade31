using Ecart.Profiles;

namespace Ecart.Domains.Iot.Joint;

/// <summary>
/// Makes rows of the measurements of several signals: a row is complete when every signal has a value of its time; it ends with the values before, where one is
/// missing, when a signal comes again or a later time does. Not thread-safe: its device's.
/// </summary>
/// <param name="signals">Signals of a row, 2 or more.</param>
/// <param name="toleranceTicks">Ticks by which the times of one row may differ.</param>
internal sealed class RowAssembler(int signals, long toleranceTicks)
{
    private readonly float[] values = new float[signals];
    private readonly bool[] present = new bool[signals];
    private readonly bool[] known = new bool[signals];
    private int presentCount;
    private int knownCount;
    private long rowTicks;
    private bool hasRow;
    private bool isComplete;

    /// <summary>The row that a measurement completes or ends.</summary>
    /// <param name="ticks">Its event time.</param>
    /// <param name="position">Its signal.</param>
    /// <param name="value">Its value.</param>
    /// <param name="row">Receives the row.</param>
    /// <param name="time">Receives the row's time.</param>
    /// <returns>False when there is none.</returns>
    public bool TryLook(long ticks, int position, float value, Span<float> row, out long time)
    {
        time = rowTicks;
        if (IsEarlier(ticks)) return false;
        bool isOfRow = IsOfRow(ticks, position);
        if (isOfRow ? presentCount + 1 < signals : !hasRow || isComplete || knownCount < signals) return false;
        values.CopyTo(row);
        if (isOfRow) row[position] = value;
        return true;
    }

    /// <summary>The row that has begun, as it is when nothing more comes.</summary>
    /// <returns>False when there is none that was not complete already.</returns>
    public bool TryEnd(Span<float> row, out long time)
    {
        time = rowTicks;
        if (!hasRow || isComplete || knownCount < signals) return false;
        values.CopyTo(row);
        return true;
    }

    /// <summary>Takes a measurement in.</summary>
    public void Add(long ticks, int position, float value)
    {
        if (IsEarlier(ticks)) return;
        if (!IsOfRow(ticks, position))
        {
            hasRow = true;
            rowTicks = ticks;
            Array.Clear(present);
            presentCount = 0;
            isComplete = false;
        }

        values[position] = value;
        present[position] = true;
        presentCount++;
        if (!known[position]) knownCount++;
        known[position] = true;
        isComplete = presentCount == signals;
    }

    /// <summary>Forgets the row that has begun, as when a clock is set back; values stay known.</summary>
    public void Restart()
    {
        hasRow = false;
        isComplete = false;
        Array.Clear(present);
        presentCount = 0;
        rowTicks = 0;
    }

    public void Write(StateWriter writer)
    {
        writer.Int(signals);
        writer.Floats(values);
        for (int i = 0; i < signals; i++) writer.Int((present[i] ? 1 : 0) | (known[i] ? 2 : 0));
        writer.Long(rowTicks);
        writer.Int((hasRow ? 1 : 0) | (isComplete ? 2 : 0));
    }

    public void Read(ref StateReader reader)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(reader.Int(), signals);
        reader.Floats(values);
        presentCount = knownCount = 0;
        for (int i = 0; i < signals; i++)
        {
            int flags = reader.Int();
            present[i] = (flags & 1) != 0;
            known[i] = (flags & 2) != 0;
            if (present[i]) presentCount++;
            if (known[i]) knownCount++;
        }

        rowTicks = reader.Long();
        int state = reader.Int();
        hasRow = (state & 1) != 0;
        isComplete = (state & 2) != 0;
    }

    private bool IsEarlier(long ticks) => hasRow && ticks < rowTicks - toleranceTicks;

    private bool IsOfRow(long ticks, int position) => hasRow && Math.Abs(ticks - rowTicks) <= toleranceTicks && !present[position];
}
