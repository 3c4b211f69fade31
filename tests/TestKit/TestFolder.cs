namespace Ecart.TestKit;

/// <summary>Folders of one test below the temporary folder.</summary>
public sealed class TestFolder : IDisposable
{
    private static int counter;

    private TestFolder(string path) => Path = path;

    /// <summary>Full path of the folder.</summary>
    public string Path { get; }

    /// <summary>Makes an empty folder that <see cref="Dispose"/> deletes.</summary>
    public static TestFolder Create(string name) => new(Directory.CreateDirectory(NewPath(name)).FullName);

    /// <summary>A path that nobody uses, short enough for a unix socket in it.</summary>
    public static string NewPath(string name) => System.IO.Path.Combine(
        System.IO.Path.GetTempPath(), $"ecart-test-{Environment.ProcessId}-{Interlocked.Increment(ref counter)}-{name}");

    /// <summary>Deletes a folder if it exists. A process that was killed may still write into it for a moment; then tries again, for 10 s.</summary>
    public static void Delete(string path)
    {
        long began = Environment.TickCount64;
        while (Directory.Exists(path))
        {
            try
            {
                Directory.Delete(path, recursive: true);
            }
            catch (IOException) when (Environment.TickCount64 - began < 10_000)
            {
                Thread.Yield();
            }
        }
    }

    /// <summary>Deletes the folder with everything in it.</summary>
    public void Dispose() => Delete(Path);
}
