using Ecart.App.Domains;
using Ecart.Events.Decoding;

namespace Ecart.App.Serve;

/// <summary>Decodes by what the configuration says at the time of each record. Not thread-safe: one owner a decoder.</summary>
/// <param name="current">The settings of now; the same object for as long as they do not change.</param>
internal sealed class CurrentDecoder(Func<IDomainSettings> current) : IRecordDecoder
{
    private IDomainSettings settings = current();
    private IRecordDecoder decoder = current().MakeDecoder();

    /// <inheritdoc/>
    public FieldSchema Schema => decoder.Schema;

    /// <inheritdoc/>
    public ILineDecoder? MakeLineDecoder() => current().MakeDecoder().MakeLineDecoder();

    /// <inheritdoc/>
    public ICaptureDecoder? MakeCaptureDecoder() => current().MakeDecoder().MakeCaptureDecoder();

    /// <inheritdoc/>
    public DecodedRecord Decode(in RecordFields record)
    {
        IDomainSettings now = current();
        if (!ReferenceEquals(now, settings))
        {
            decoder = now.MakeDecoder();
            settings = now;
        }

        return decoder.Decode(in record);
    }
}
