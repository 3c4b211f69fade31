namespace Ecart.Embedded.Processes;

/// <summary>A lock between processes on a file. The system frees it when its holder ends, however it ends.</summary>
internal static class FileLock
{
    // errno EWOULDBLOCK, by which the runtime tells a locked file from every other failure to open it.
    private const int WouldBlock = 11;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <returns>Null when another holds the lock.</returns>
    public static FileStream? TryTake(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
        }
        catch (IOException error) when (error.HResult == WouldBlock)
        {
            return null;
        }
    }

    /// <summary>Waits until the lock is free; <paramref name="onWait"/> is called once if it is not at first.</summary>
    public static async Task<FileStream> TakeAsync(string path, Action onWait, CancellationToken cancellation)
    {
        for (var first = true; ; first = false)
        {
            if (TryTake(path) is { } taken) return taken;
            if (first) onWait();
            await Task.Delay(Pause, cancellation);
        }
    }
}
