using Ecart.App.Calibration;
using Ecart.MariaDb.Calibration;

namespace Ecart.App.Serve.Pages.Calibration;

/// <summary>What the page of calibration shows.</summary>
internal sealed record CalibrationView(CalibrationState State, IReadOnlyList<ThresholdVersion> Versions, IReadOnlyList<CandidateComparison> Candidates);
