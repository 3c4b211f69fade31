using Ecart.Thresholds;

namespace Ecart.Detection.Batch;

/// <summary>A calibration by quartiles within the artefact of a detector.</summary>
internal static class CalibrationArtefact
{
    public static void Write(ArtefactWriter writer, QuartileCalibration calibration)
    {
        writer.Long(calibration.Count);
        writer.Double(calibration.Median);
        writer.Double(calibration.Spread);
    }

    public static QuartileCalibration Read(ref ArtefactReader reader)
    {
        var calibration = new QuartileCalibration(reader.Long(), reader.Double(), reader.Double());
        return calibration.Count > 0 && double.IsFinite(calibration.Median) && double.IsFinite(calibration.Spread) && calibration.Spread > 0
            ? calibration
            : throw new ArtefactException("The artefact is damaged: a calibration is not finite. Restore it from a backup or train again.");
    }
}
