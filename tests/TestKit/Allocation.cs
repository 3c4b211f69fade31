namespace Ecart.TestKit;

/// <summary>Measures what work allocates.</summary>
public static class Allocation
{
    /// <summary>Most runs of a measured work.</summary>
    public const int Attempts = 20;

    /// <summary>
    /// Bytes that the work allocates on this thread: the least of several runs, the last of which is the first that allocates nothing. Work that allocates
    /// every time is found whatever their number; what the runtime allocates now and then on the thread that happens to run, as when it grows its tables
    /// of casts or puts better code in place, is not the work's.
    /// </summary>
    public static long Of(Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Of(static _ => 0, _ => work());
    }

    /// <summary>Like <see cref="Of(Action)"/>, with something made for every run that does not count.</summary>
    /// <param name="prepare">Makes the work's input, given the number of the run from 0 on.</param>
    /// <param name="work">What is measured.</param>
    public static long Of<T>(Func<int, T> prepare, Action<T> work)
    {
        ArgumentNullException.ThrowIfNull(prepare);
        ArgumentNullException.ThrowIfNull(work);
        long least = long.MaxValue;
        for (int attempt = 0; attempt < Attempts && least > 0; attempt++)
        {
            T input = prepare(attempt);
            long before = GC.GetAllocatedBytesForCurrentThread();
            work(input);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
