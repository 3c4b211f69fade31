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

    /// <summary>Deletes a folder if it exists.</summary>
    public static void Delete(string path)
    {
        if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
    }

    /// <summary>Deletes the folder with everything in it.</summary>
    public void Dispose() => Delete(Path);
}
