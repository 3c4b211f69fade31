using System.Security.Cryptography;
using System.Text;

namespace Ecart.Embedded;

/// <summary>The files of one embedded server, below its data folder.</summary>
internal sealed class ServerFolder
{
    /// <summary>The most bytes Linux allows in the path of a unix socket, without the closing zero.</summary>
    public const int LongestSocketPath = 107;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private ServerFolder(string root) => Root = root;

    public string Root { get; }

    /// <summary>The server's <c>datadir</c>. Exists only whole: it is renamed into place after the bootstrap.</summary>
    public string Data => Path.Combine(Root, "data");

    public string UnfinishedData => Path.Combine(Root, "data.unfinished");

    public string Temporary => Path.Combine(Root, "tmp");

    /// <summary>Held by the process that owns the server, as long as it runs.</summary>
    public string OwnerLock => Path.Combine(Root, "owner.lock");

    /// <summary>Written when the server answers, for those who attach to it.</summary>
    public string Endpoint => Path.Combine(Root, "endpoint.json");

    public string Password => Path.Combine(Root, "password");

    public string ProcessId => Path.Combine(Root, "server.pid");

    public string Log => Path.Combine(Root, "server.log");

    /// <summary>Opens the folder, making it if absent, for its owner only.</summary>
    public static ServerFolder Open(string path)
    {
        var folder = new ServerFolder(Path.GetFullPath(path));
        Directory.CreateDirectory(folder.Root, OwnerOnly);
        File.SetUnixFileMode(folder.Root, OwnerOnly);
        return folder;
    }

    /// <summary>Path for the socket: in the folder, or in a short private one of its own where that would be too long for a socket.</summary>
    public string SocketPath()
    {
        var path = Path.Combine(Root, "mariadb.sock");
        if (Encoding.UTF8.GetByteCount(path) <= LongestSocketPath) return path;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Root)).AsSpan(0, 8));
        var temporary = Path.GetTempPath().Length < LongestSocketPath - 40 ? Path.GetTempPath() : "/tmp";
        var folder = Path.Combine(temporary, $"ecart-{hash}");
        Directory.CreateDirectory(folder, OwnerOnly);
        // Fails when the folder is somebody else's, who could then answer in the server's place.
        File.SetUnixFileMode(folder, OwnerOnly);
        return Path.Combine(folder, "mariadb.sock");
    }
}
