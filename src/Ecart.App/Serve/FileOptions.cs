using Ecart.App.Commands;
using Ecart.App.Terminal;
using Ecart.Events.Decoding;
using Ecart.Streaming.Files;
using Ecart.Streaming.Live;
using Ecart.Streaming.Sources.FollowedFile;

namespace Ecart.App.Serve;

/// <summary>A file that is followed as it grows.</summary>
internal sealed class FileOptions
{
    /// <summary>The file; required. It need not exist yet.</summary>
    public string Path { get; set; } = "";

    /// <summary>Which column holds which field, as <c>--map</c> of the replay. Default: by their names.</summary>
    public string? Map { get; set; }

    /// <summary>How records are written. Default: detect.</summary>
    public FileFormat Format { get; set; }

    /// <summary>Whether the truth in a record becomes a label straight after its event. Default true.</summary>
    public bool Labels { get; set; } = true;

    /// <summary>Makes the source.</summary>
    /// <param name="name">What messages call these options.</param>
    /// <param name="decoder">Makes events of records.</param>
    /// <exception cref="CommandException">An option cannot work; the message names it.</exception>
    public ILiveSource Make(string name, IRecordDecoder decoder)
    {
        if (Path.Length == 0) throw new CommandException($"{name}.path is missing: name the file to follow.", ExitCode.Usage);
        if (!FieldMap.TryParse(Map, decoder.Schema, out FieldMap? map, out string? error))
            throw new CommandException($"{name}.map: {error}", ExitCode.Usage);
        var options = new FollowedFileOptions { Path = System.IO.Path.GetFullPath(Path), Format = Format, Labels = Labels };
        return new FollowedFileSource(options, decoder, map, TimeProvider.System) { Retrying = Output.Warning };
    }
}
