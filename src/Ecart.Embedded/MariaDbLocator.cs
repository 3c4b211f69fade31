using Ecart.Embedded.Processes;
using Ecart.Embedded.Provisioning;

namespace Ecart.Embedded;

/// <summary>Finds a server program: a recent <c>mariadbd</c> of this machine, else the provisioned one, provisioning it if absent.</summary>
internal sealed class MariaDbLocator(string cacheFolder, IReadOnlyList<string> programFolders, AptHost host)
{
    private static readonly string[] ShareFolders = ["share/mariadb", "share/mysql", "share"];

    /// <summary>Looks on PATH, and where distributions put servers without putting them on a user's PATH.</summary>
    public static MariaDbLocator Create(string cacheFolder) =>
        new(cacheFolder, [.. ProgramPath.Folders(), "/usr/local/sbin", "/usr/sbin", "/usr/libexec"], AptHost.System());

    /// <exception cref="EmbeddedMariaDbException">There is none and none can be had.</exception>
    public async Task<MariaDbInstallation> FindAsync(IProgress<string>? progress, CancellationToken cancellation)
    {
        foreach (var folder in programFolders.Distinct())
        {
            var program = Path.Combine(folder, "mariadbd");
            if (!File.Exists(program)) continue;
            if (await InspectAsync(program, cancellation) is not { } installation)
            {
                progress?.Report($"{program} is older than MariaDB {MariaDbVersion.Least} or incomplete: not used");
                continue;
            }

            return installation;
        }

        return await new MariaDbProvisioner(cacheFolder, host).EnsureAsync(progress, cancellation);
    }

    private static async Task<MariaDbInstallation?> InspectAsync(string program, CancellationToken cancellation)
    {
        if (await ServerProgram.ReadVersionAsync([program], cancellation) is not { HasVectors: true } version) return null;
        var target = new FileInfo(program).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? program;
        var baseFolder = Path.GetDirectoryName(Path.GetDirectoryName(Path.GetFullPath(target)));
        if (baseFolder is null) return null;
        var share = ShareFolders.Select(folder => Path.Combine(baseFolder, folder)).FirstOrDefault(MariaDbInstallation.IsShareFolder);
        return share is null ? null : new MariaDbInstallation(version, [program], baseFolder, share);
    }
}
