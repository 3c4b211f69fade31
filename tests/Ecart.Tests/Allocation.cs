namespace Ecart.Tests;

/// <summary>Measures what work allocates.</summary>
internal static class Allocation
{
    private const int Attempts = 20;

    /// <summary>
    /// Bytes that the work allocates on this thread: the least of several runs, because a collection that happens to come in between counts what was
    /// left of the thread's buffer as allocated.
    /// </summary>
    public static long Of(Action work)
    {
        long least = long.MaxValue;
        for (int attempt = 0; attempt < Attempts && least > 0; attempt++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
