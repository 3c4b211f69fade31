using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Ecart.Scoring;
using Xunit;

namespace Ecart.Architecture.Tests;

/// <summary>The library does no input or output: any .NET program can use it alone.</summary>
public sealed class LibraryPurityTests
{
    private static readonly string[] Forbidden =
    [
        "System.IO.File", "System.IO.FileStream", "System.IO.FileInfo", "System.IO.Directory", "System.IO.DirectoryInfo", "System.IO.StreamReader",
        "System.IO.StreamWriter", "System.IO.Path", "System.IO.Pipes.", "System.Net.Sockets.Socket", "System.Net.Sockets.TcpClient", "System.Net.Sockets.UdpClient", "System.Net.Sockets.NetworkStream", "System.Net.Http.", "System.Net.Dns", "System.Data.",
        "System.Diagnostics.Process", "System.Console", "MySqlConnector.", "System.Threading.Thread",
    ];

    [Fact]
    public void Library_UsesNoTypeThatReadsOrWrites()
    {
        using var stream = File.OpenRead(typeof(Verdict).Assembly.Location);
        using var file = new PEReader(stream);
        var metadata = file.GetMetadataReader();
        string[] used =
        [
            .. metadata.TypeReferences.Select(handle => metadata.GetTypeReference(handle))
                .Select(type => $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}"),
        ];

        Assert.Contains("System.String", used);
        Assert.DoesNotContain(used, type => Forbidden.Any(forbidden =>
            forbidden.EndsWith('.') ? type.StartsWith(forbidden, StringComparison.Ordinal) : type == forbidden));
    }
}
