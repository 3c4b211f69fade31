namespace Ecart.Bench.Growth;

/// <summary>The most managed memory in use since it was made, looked at a hundred times a second, garbage included.</summary>
internal sealed class MemoryPeak : IDisposable
{
    private readonly Timer timer;
    private long peak;

    public MemoryPeak() => timer = new Timer(_ => Look(), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(10));

    public long Bytes
    {
        get
        {
            Look();
            return Volatile.Read(ref peak);
        }
    }

    public void Dispose() => timer.Dispose();

    private void Look()
    {
        long now = GC.GetTotalMemory(forceFullCollection: false);
        for (long known = Volatile.Read(ref peak); now > known; known = Volatile.Read(ref peak))
            if (Interlocked.CompareExchange(ref peak, now, known) == known) return;
    }
}
