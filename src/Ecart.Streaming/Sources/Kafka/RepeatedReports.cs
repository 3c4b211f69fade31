namespace Ecart.Streaming.Sources.Kafka;

/// <summary>Passes a report on unless the same one was passed within the last half minute. Thread-safe.</summary>
internal sealed class RepeatedReports(Action<string>? report)
{
    private const long SilenceMilliseconds = 30_000;
    private const int Remembered = 100;
    private readonly Lock gate = new();
    private readonly Dictionary<string, long> passed = new(StringComparer.Ordinal);

    public void Add(string text)
    {
        lock (gate)
        {
            long now = Environment.TickCount64;
            if (passed.TryGetValue(text, out long at) && now - at < SilenceMilliseconds) return;
            if (passed.Count == Remembered) passed.Clear();
            passed[text] = now;
        }

        report?.Invoke(text);
    }
}
