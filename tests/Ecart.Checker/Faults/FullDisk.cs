namespace Ecart.Checker.Faults;

/// <summary>Fills the small disk of its own on which a folder lies, and makes room again.</summary>
internal static class FullDisk
{
    private const long LargestDisk = 4L << 30;

    /// <summary>Whether a folder lies on a disk that is small enough to be filled: nobody fills a disk that others use.</summary>
    public static bool IsPossible(string folder) =>
        DriveInfo.GetDrives().Where(drive => folder.StartsWith(drive.Name, StringComparison.Ordinal))
            .MaxBy(drive => drive.Name.Length) is { } disk && disk.Name != "/" && disk.TotalSize <= LargestDisk;

    /// <summary>Takes all the room for a while.</summary>
    public static async Task HoldAsync(string folder, TimeSpan time, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        string ballast = Path.Combine(folder, "ballast");
        try
        {
            await FillAsync(ballast, cancellationToken);
            await Task.Delay(time, timeProvider, cancellationToken);
        }
        finally
        {
            File.Delete(ballast);
        }
    }

    private static async Task FillAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (int size in new[] { 1 << 20, 1 << 12 })
        {
            var block = new byte[size];
            try
            {
                for (; ; ) await file.WriteAsync(block, cancellationToken);
            }
            catch (IOException)
            {
                // No more of this size: the disk is full when the smallest does not fit.
            }
        }
    }
}
