namespace Ecart.App.Training;

/// <summary>How many log entries were read, for a display. Thread-safe.</summary>
internal sealed class EntryCount : IProgress<long>
{
    private long value;

    public long Value => Volatile.Read(ref value);

    public void Report(long value) => Volatile.Write(ref this.value, value);
}
