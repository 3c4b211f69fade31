using Ecart.App.Commands;
using Ecart.App.Store;
using Ecart.Events.Decoding;
using Ecart.Streaming.Live;

namespace Ecart.App.Serve;

/// <summary>The sources beside HTTP, as they are configured. To add a kind of source: its options in <see cref="ServeOptions"/>, a line here.</summary>
internal static class LiveSources
{
    /// <summary>Makes the sources; none is opened yet.</summary>
    /// <param name="options">What is configured.</param>
    /// <param name="store">The store.</param>
    /// <param name="makeDecoder">Makes a decoder for each source.</param>
    /// <exception cref="CommandException">An option cannot work; the message names it.</exception>
    public static IReadOnlyList<ILiveSource> Make(ServeOptions options, OpenStore store, Func<IRecordDecoder> makeDecoder) =>
    [
        .. KafkaSources.Make(options.Kafka, store, makeDecoder),
        .. options.Files.Select((file, i) => file.Make($"files[{i}]", makeDecoder())),
        .. options.Mqtt.Select((broker, i) => broker.Make($"mqtt[{i}]", makeDecoder(), store.Settings.EntityField)),
    ];
}
